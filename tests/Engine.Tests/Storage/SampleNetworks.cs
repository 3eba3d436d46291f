namespace MonaLisa.Engine.Tests;

/// <summary>Networks to save and load.</summary>
internal static class SampleNetworks
{
    public static readonly Activation[] Activations = TestNetworks.HiddenActivations;

    /// <summary>A small network with fresh weights.</summary>
    public static Mlp Small(params int[] hiddenLayers) => new(new MlpDesign { HiddenLayers = hiddenLayers.Length == 0 ? [5, 4] : hiddenLayers });

    /// <summary>A short training on computed waves.</summary>
    public static TrainingRun Train(Activation activation = Activation.Sine, int width = 64, int epochs = 40) => Trainer.Train(
        SamplePictures.WavesDataset(96, 80),
        new Mlp(new MlpDesign { HiddenLayers = [width, width, width], Activation = activation }),
        new TrainingOptions { Epochs = epochs, BatchSize = 512, Provider = ComputeProvider.Managed },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Facts with a value of its own in every property.</summary>
    public static readonly TrainingFacts Facts = new()
    {
        PictureName = "Mona Lisa, 1503 – \"La Gioconda\" 🖼",
        PictureWidth = 640,
        PictureHeight = 954,
        Psnr = 34.5678901234,
        PsnrLost = 0.0625,
        HeldOutPsnr = 23.25,
        Epochs = 77,
        Optimizer = Optimizer.Sgd,
        Seed = -12,
        Provider = "Managed (AVX-512)",
    };

    /// <summary>A small network with a grid.</summary>
    public static Mlp Grid() =>
        new(new MlpDesign { HiddenLayers = [6] }.With(new GridEncoding { Levels = [new(3, 4, 12), new(9, 7, 20)], FeaturesPerLevel = 2 }));

    /// <summary>All numbers of a network, bit by bit.</summary>
    public static uint[] Bits(Mlp network) =>
    [
        .. network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases)).Select(BitConverter.SingleToUInt32Bits),
        .. network.EncodingTensors.SelectMany(tensor => tensor.Values).Select(BitConverter.SingleToUInt32Bits),
    ];

    public static float[] Render(Mlp network, int width = 33, int height = 21)
    {
        float[] colors = new float[width * height * 3];
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        renderer.Render(width, height, 0, height, colors);
        return colors;
    }

    /// <summary>A small picture that the network draws, and so knows as well as 8 bits can tell.</summary>
    public static PixelDataset Paint(Mlp network)
    {
        const int Width = 30, Height = 20;
        float[] colors = new float[Width * Height * network.OutputCount];
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        renderer.Render(Width, Height, 0, Height, colors);
        return new PixelDataset("painted", Width, Height,
            [.. colors.Select(color => (byte)MathF.Round(255 * Math.Clamp(color, 0, 1)))], channels: network.OutputCount);
    }

    /// <summary>A small network with a grid whose tables are as large as trained ones.</summary>
    public static Mlp LearnedGrid()
    {
        Mlp network = Grid();
        var random = new Random(1);
        foreach (EncodingTensor tensor in network.EncodingTensors)
            foreach (ref float value in tensor.Values.AsSpan())
                value = 2 * random.NextSingle() - 1;
        return network;
    }

    /// <summary>The compressed file of a network, in memory.</summary>
    public static byte[] CompressedFile(Mlp network)
    {
        using var folder = new TemporaryFolder();
        CompressedModelFile.Save(network, Paint(network), folder.File("model"), new CompressionOptions { TargetPsnr = 35 });
        return System.IO.File.ReadAllBytes(folder.File("model"));
    }

    /// <summary>The model file of a network, in memory.</summary>
    public static byte[] File(Mlp network, ModelPrecision precision = ModelPrecision.Single)
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(network, folder.File("model"), new ModelSaveOptions { Precision = precision });
        return System.IO.File.ReadAllBytes(folder.File("model"));
    }
}
