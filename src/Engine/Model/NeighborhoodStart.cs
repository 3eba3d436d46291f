namespace MonaLisa.Engine;

/// <summary>
/// What networks that see neighbourhoods begin with: layers that learned from photographs, for each task, for each kernel by which a picture
/// may have been made smaller, and for gaps and lattices, and a network that tells the kernels apart; see docs/quality.md.
/// </summary>
internal static class NeighborhoodStart
{
    /// <summary>Channels of the pictures that they were learned from.</summary>
    private const int LearnedChannels = 3;

    private static readonly Lazy<float[]>[] Numbers =
    [
        .. ((string[])["enlarging-start.bin", "denoising-start.bin", "filling-start.bin"]).Select(name => new Lazy<float[]>(() => StartFile.ReadHalves(name))),
    ];

    /// <summary>The kernels, in the order of the numbers.</summary>
    public static ShrinkKernel[] Kernels =>
        [ShrinkKernel.Bicubic, ShrinkKernel.Area, ShrinkKernel.Lanczos, ShrinkKernel.Gaussian, ShrinkKernel.Jpeg];

    /// <summary>
    /// The kernels that the network for them tells apart, in the order of its outputs. One by <see cref="ShrinkKernel.Lanczos"/> looks like
    /// one by <see cref="ShrinkKernel.Bicubic"/>.
    /// </summary>
    public static ShrinkKernel[] ToldApart => [ShrinkKernel.Bicubic, ShrinkKernel.Area, ShrinkKernel.Gaussian];

    /// <summary>The network that tells kernels apart.</summary>
    public static MlpDesign KernelDesign { get; } = LearnedDesign([64, 64], new NeighborhoodEncoding { IsCorrection = false });

    /// <summary>The layers that learned a task.</summary>
    public static MlpDesign DesignOf(NeighborhoodTask task) =>
        LearnedDesign(task == NeighborhoodTask.Enlarge ? [64, 64] : [128, 64], new NeighborhoodEncoding { Task = task });

    /// <summary>Whether a design's layers are those that learned.</summary>
    public static bool IsFor(MlpDesign design) =>
        design.Encoding is NeighborhoodEncoding { IsCorrection: true } encoding && DesignOf(encoding.Task) is var learned &&
        design.HiddenLayers.SequenceEqual(learned.HiddenLayers) &&
        (design.Activation, design.Initialization, design.Colors) == (learned.Activation, learned.Initialization, learned.Colors);

    /// <summary>Fills in a network of which <see cref="IsFor"/> holds.</summary>
    /// <param name="network">The network; where its kernel is not known it gets the layers of the first.</param>
    public static void CopyTo(Mlp network)
    {
        var encoding = (NeighborhoodEncoding)network.Design.Encoding;
        MlpDesign learned = DesignOf(encoding.Task);
        int kind = encoding.IsLattice ? 1 : Math.Max(0, Array.IndexOf(Kernels, encoding.Kernel));
        Copy(Numbers[(int)encoding.Task].Value.AsSpan(kind * LengthOf(learned)), learned, network);
    }

    /// <summary>The network that tells apart how a picture was made smaller.</summary>
    /// <param name="channels">The picture's channels.</param>
    public static Mlp CreateKernelNetwork(int channels)
    {
        Mlp network = Mlp.Zeros(KernelDesign.With((NeighborhoodEncoding)KernelDesign.Encoding with { Channels = channels }));
        Copy(Numbers[0].Value.AsSpan(Kernels.Length * LengthOf(DesignOf(NeighborhoodTask.Enlarge))), KernelDesign, network);
        return network;
    }

    private static MlpDesign LearnedDesign(int[] hiddenLayers, NeighborhoodEncoding encoding) =>
        new MlpDesign { HiddenLayers = hiddenLayers, Activation = Activation.ReLU }.With(encoding with { Channels = LearnedChannels });

    private static int LengthOf(MlpDesign design) => design.CreateLayers().Sum(layer => layer.Length);

    private static void Copy(ReadOnlySpan<float> numbers, MlpDesign learnedDesign, Mlp network)
    {
        DenseLayer[] learned = learnedDesign.CreateLayers();
        DenseLayer.Fill(learned, numbers);
        foreach (DenseLayer layer in network.Layers)
        {
            Array.Clear(layer.Weights);
            Array.Clear(layer.Biases);
        }
        CopyFirst(learned[0], network.Layers[0], (NeighborhoodEncoding)network.Design.Encoding);
        for (int i = 1; i < learned.Length; i++)
            learned[i].CopyTo(network.Layers[i]);
    }

    // Pictures of fewer channels have fewer features, and of those that others have besides nothing was learned.
    private static void CopyFirst(DenseLayer from, DenseLayer to, NeighborhoodEncoding encoding)
    {
        List<NeighborhoodFeature> learned = [.. NeighborhoodFeature.For(encoding.Task, LearnedChannels)];
        IReadOnlyList<NeighborhoodFeature> features = NeighborhoodFeature.For(encoding.Task, encoding.Channels);
        from.Biases.CopyTo(to.Biases, 0);
        for (int i = 0; i < features.Count; i++)
            if (learned.IndexOf(features[i]) is >= 0 and int source)
                for (int neuron = 0; neuron < to.OutputCount; neuron++)
                    to.Weights[neuron * to.InputCount + i] = from.Weights[neuron * from.InputCount + source];
    }
}
