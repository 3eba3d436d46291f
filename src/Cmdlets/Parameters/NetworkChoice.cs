using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.PowerShell;

/// <summary>What a user chose of a network; the rest suits the encoding and the picture.</summary>
internal sealed record NetworkChoice
{
    /// <summary>The encoding's kind; null for the planned network's, or for none where something else of the layers is chosen.</summary>
    public EncodingKind? Encoding { get; init; }

    /// <summary>What is chosen of the encoding.</summary>
    public EncodingDetails Details { get; init; } = new();

    /// <summary>What a network with latents starts with, if not with the start of this program.</summary>
    public LatentStart? Start { get; init; }

    /// <summary>Neurons in each hidden layer.</summary>
    public IReadOnlyList<int>? HiddenLayers { get; init; }

    /// <summary>Depth and parameters of equal hidden layers, in place of <see cref="HiddenLayers"/>.</summary>
    public (int Depth, long Parameters)? Budget { get; init; }

    /// <summary>The hidden layers' activation.</summary>
    public Activation? Activation { get; init; }

    /// <summary>How the weights are drawn.</summary>
    public WeightInitialization? Initialization { get; init; }

    /// <summary>The frequency of activations that have one.</summary>
    public float? Omega { get; init; }

    /// <summary>The bell of activations that have one.</summary>
    public float? Sigma { get; init; }

    private bool HasOwnLayers =>
        (HiddenLayers, Budget, Activation, Initialization, Omega, Sigma) is not (null, null, null, null, null, null);

    /// <summary>The encoding that the network gets.</summary>
    public EncodingKind KindFor(TrainingPlan plan) => Encoding ?? Details.OnlyKind ?? (Start is not null ? EncodingKind.Latent : HasOwnLayers ? EncodingKind.None : plan.Design.Encoding.Kind);

    /// <summary>The network for a picture.</summary>
    /// <param name="plan">What is planned for the picture; its design where nothing was chosen.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="ArgumentException">A value is out of its range, or contradicts another.</exception>
    public MlpDesign Design(TrainingPlan plan, PixelDataset picture)
    {
        MlpDesign basis = Basis(plan, picture);
        InputEncoding encoding = Details.Of(basis.Encoding, picture.Width, picture.Height);
        IReadOnlyList<int>? layers = Budget is (int depth, long parameters)
            ? [.. Enumerable.Repeat(ParameterBudget.WidthFor(depth, parameters, basis.OutputCount, encoding), depth)]
            : HiddenLayers;
        return WithLayers(basis with { HiddenLayers = layers ?? basis.HiddenLayers }).With(encoding);
    }

    /// <summary>Throws unless whatever does not depend on the picture is in its range and fits together.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or contradicts another.</exception>
    public void Validate(TrainingPlan plan)
    {
        Details.Validate(KindFor(plan));
        MlpDesign layers = TrainingDefaults.Design();
        WithLayers(layers with { HiddenLayers = HiddenLayers ?? layers.HiddenLayers }).Validate();
        if (Start is not null && KindFor(plan) == EncodingKind.Latent)
            Design(plan, UsualPicture()).Validate();
    }

    private MlpDesign WithLayers(MlpDesign basis)
    {
        MlpDesign design = basis with
        {
            Activation = Activation ?? basis.Activation,
            Initialization = Initialization ?? basis.Initialization,
            Sigma = Sigma ?? basis.Sigma,
        };
        RequireUse(nameof(Omega), Omega, design.Activation, facts => facts.UsesOmega);
        RequireUse(nameof(Sigma), Sigma, design.Activation, facts => facts.UsesSigma);
        // A design that does not name its omega has what suits its activation and its layers.
        return Omega is float omega ? design with { Omega = omega } : design;
    }

    private static void RequireUse(string name, float? given, Activation activation, Func<ActivationFacts, bool> isUsed)
    {
        if (given is not null && !isUsed(ActivationFacts.Of(activation)))
            throw new ArgumentException(
                $"{name} is for {string.Join(", ", Enum.GetValues<Activation>().Where(other => isUsed(ActivationFacts.Of(other))))}; the activation " +
                $"is {activation}. Leave {name} out, or choose another.");
    }

    private MlpDesign Basis(TrainingPlan plan, PixelDataset picture)
    {
        EncodingKind kind = KindFor(plan);
        if (kind == plan.Design.Encoding.Kind)
            return plan.Design;
        MlpDesign dense = TrainingDefaults.Design(plan.Design.Seed) with { OutputCount = plan.Design.OutputCount };
        if (kind == EncodingKind.Neighborhood)
        {
            var chosen = (NeighborhoodEncoding)Details.Of(new NeighborhoodEncoding(), picture.Width, picture.Height);
            return TrainingDefaults.NeighborhoodDesign(NeighborhoodPicture.EncodingFor(picture, chosen), plan.Design.Seed);
        }
        if (kind == EncodingKind.Latent)
        {
            MlpDesign latents = TrainingDefaults.LatentDesign(plan.Design.OutputCount, plan.Design.Seed);
            return (latents with { HiddenLayers = Start?.HiddenLayers ?? latents.HiddenLayers })
                .With(LatentEncoding.For(picture.Width, picture.Height, picture.Channels) with { OwnStart = Start });
        }
        // Sine already bends the coordinates; what an encoding has bent suits a rectifier.
        return kind == EncodingKind.None
            ? dense
            : (dense with { Activation = Engine.Activation.ReLU }).With(TrainingDefaults.Encoding(kind, picture.Width, picture.Height));
    }

    /// <summary>A black picture of the usual size, if none is given.</summary>
    /// <param name="channels">Samples a pixel: 1, 3 or 4.</param>
    public static PixelDataset UsualPicture(int channels = MlpDesign.DefaultOutputCount)
    {
        const int Side = TrainingDefaults.UsualSide;
        return new PixelDataset("a picture", Side, Side, new byte[Side * Side * channels], channels: channels);
    }
}
