using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>What Invoke-MlpTraining's parameters make of a picture: its plan, its network and the options of its training.</summary>
internal sealed class TrainingChoices
{
    private readonly InvokeMlpTrainingCommand _given;
    private readonly NetworkChoice _network;
    private readonly bool _isQualityGiven, _isProviderGiven, _isMeasuringGiven;

    /// <summary>Takes the parameters as they are bound when the pipeline begins.</summary>
    /// <param name="given">The command.</param>
    /// <param name="network">The network to start with if one was given; null if each picture gets its own.</param>
    /// <param name="start">What networks with latents start with if a model was given.</param>
    public TrainingChoices(InvokeMlpTrainingCommand given, Mlp? network, LatentStart? start)
    {
        _given = given;
        Network = network?.Design.Encoding is NeighborhoodEncoding learned ? network.WithEncoding(Chosen(learned), network.EncodingTensors) : network;
        _network = new NetworkChoice
        {
            Encoding = given.Encoding,
            Details = new EncodingDetails
            {
                // A network that was given has these itself.
                BackProjection = network is null ? given.BackProjection : null, SingleView = network is null && given.SingleView, Kernel = given.Kernel?.Value,
                Denoise = given.Denoise, NoiseLevel = given.NoiseLevel,
            },
            Start = start,
            HiddenLayers = Layers.Of(given.HiddenLayer),
            Activation = given.Activation,
        };
        _isQualityGiven = given.IsGiven(nameof(given.Quality));
        _isProviderGiven = given.IsGiven(nameof(given.Provider));
        _isMeasuringGiven = given.IsGiven(nameof(given.MeasureEachEpoch));
    }

    /// <summary>The encoding of a network that was given, with what is chosen of it.</summary>
    private NeighborhoodEncoding Chosen(NeighborhoodEncoding learned) => learned with
    {
        BackProjections = _given.BackProjection ?? learned.BackProjections,
        IsSingleView = _given.IsGiven(nameof(_given.SingleView)) ? _given.SingleView : learned.IsSingleView,
        // The noise is the picture's that it learned, and the next one may have another.
        Noise = learned.Task == NeighborhoodTask.Denoise ? EncodingDetails.NoiseOf(_given.NoiseLevel) ?? 0 : learned.Noise,
    };

    /// <summary>Throws unless the choices that do not depend on a picture are in their ranges and fit together.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or contradicts another.</exception>
    public void Validate()
    {
        PixelDataset usual = NetworkChoice.UsualPicture();
        TrainingPlan plan = PlanFor(usual);
        RequireNeighborhoodFit();
        _network.Validate(plan);
        EncodingKind kind = Network?.Design.Encoding.Kind ?? _network.KindFor(plan);
        RequireFit(kind);
        TrainingOptions options = Options(plan, kind, usual, Network?.Design ?? plan.Design);
        options.Validate();
        if (kind == EncodingKind.Latent)
            LatentTarget.RequireOne(options);
        if (_isQualityGiven && HasLimit && !IsPlanned(plan, kind))
            throw new ArgumentException(
                "Quality decides only the training time, because the network or its training was chosen, and so does " +
                $"{(_given.MaxTime is null ? nameof(_given.Epoch) : nameof(_given.MaxTime))}. Leave out one of them.");
    }

    /// <summary>Throws where a choice has no meaning for the network: some are for latents alone, and some not for them.</summary>
    private void RequireFit(EncodingKind kind)
    {
        bool hasLatents = kind == EncodingKind.Latent;
        string[] owners = hasLatents ? NotForLatents : ForLatents;
        if (owners.FirstOrDefault(_given.IsGiven) is string name)
            throw new ArgumentException(hasLatents
                ? $"{name} is not for the encoding {EncodingKind.Latent}, which has a training of its own. Leave {name} out."
                : $"{name} is for the encoding {EncodingKind.Latent}; the encoding is {kind}. Leave {name} out, or choose {EncodingKind.Latent}.");
    }

    /// <summary>Throws where choices for neighbourhoods meet a preset, or noise is to be removed by a network that does not.</summary>
    private void RequireNeighborhoodFit()
    {
        string? name = _given.Denoise ? nameof(_given.Denoise) : _given.NoiseLevel is not null ? nameof(_given.NoiseLevel)
            : _given.Kernel is not null ? nameof(_given.Kernel) : _given.BackProjection is not null ? nameof(_given.BackProjection)
            : _given.SingleView ? nameof(_given.SingleView) : null;
        if (name is not null && _given.Preset is not null)
            throw new ArgumentException($"{name} is not for a preset, which has a network and a training of its own. Leave out {name} or {nameof(_given.Preset)}.");
        RequireNetworkFor(nameof(_given.SingleView), _given.SingleView, "sees neighbourhoods", encoding => true);
        RequireNetworkFor(nameof(_given.BackProjection), _given.BackProjection is not null, "enlarges", encoding => encoding.Task == NeighborhoodTask.Enlarge);
        RequireNetworkFor(nameof(_given.NoiseLevel), _given.NoiseLevel is not null, "removes noise", encoding => encoding.Task == NeighborhoodTask.Denoise);
        if (_given.NoiseLevel is null)
            return;
        if (!_given.Denoise && _given.IsGiven(nameof(_given.Denoise)))
            throw new ArgumentException($"{nameof(_given.NoiseLevel)} says how much noise to remove, and {nameof(_given.Denoise)} is off. Leave out one of them.");
    }

    /// <summary>Throws where a choice is for networks of one kind, and the one that was given is of another.</summary>
    private void RequireNetworkFor(string name, bool isGiven, string what, Predicate<NeighborhoodEncoding> isOfKind)
    {
        if (isGiven && Network is not null && !(Network.Design.Encoding is NeighborhoodEncoding encoding && isOfKind(encoding)))
            throw new ArgumentException(
                $"{name} is for a network that {what}, and that of {nameof(_given.Network)} does not. Leave out {name}.");
    }

    private static readonly string[] ForLatents =
        [nameof(_given.Start), nameof(_given.TargetBitsPerPixel), nameof(_given.TargetSize), nameof(_given.TargetSsim)];

    private static readonly string[] NotForLatents =
    [
        nameof(_given.Preset), nameof(_given.Activation), nameof(_given.BatchSize), nameof(_given.Sampling), nameof(_given.LearningRate),
        nameof(_given.Optimizer), nameof(_given.Momentum), nameof(_given.Beta1), nameof(_given.Beta2), nameof(_given.Epsilon),
        nameof(_given.WeightDecay), nameof(_given.Schedule), nameof(_given.WarmUp), nameof(_given.GradientClip), nameof(_given.AverageDecay),
        nameof(_given.Loss), nameof(_given.HuberDelta), nameof(_given.Provider), nameof(_given.MeasureEachEpoch),
    ];

    /// <summary>The network to start with if one was given; null if each picture gets its own.</summary>
    public Mlp? Network { get; }

    /// <summary>The most pictures that are learned at once.</summary>
    public int PicturesAtOnce => _given.ThrottleLimit;

    /// <summary>Whether the user said how much noise there is.</summary>
    public bool IsNoiseGiven => _given.NoiseLevel is not null;

    /// <summary>What is to compute.</summary>
    public ComputeProvider Provider => _given.Provider;

    /// <summary>Throws where the network that was given has other outputs than a picture has channels.</summary>
    /// <exception cref="CommandException">It has.</exception>
    public void RequireMatch(PixelDataset picture)
    {
        if (Network is Mlp network && network.OutputCount != picture.Channels)
            throw new CommandException(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument, picture,
                $"The network has {Counted.Text(network.OutputCount, "output")} and '{picture.Name}' has {Counted.Text(picture.Channels, "channel")}. " +
                $"Pipe the picture to New-MlpNetwork -Encoding {network.Encoding}, which makes a network for it, or leave out -Network.");
    }

    /// <summary>The network and the training of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="stopping">Ends estimates with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A value does not suit the picture.</exception>
    public TrainingPlan For(PixelDataset picture, CancellationToken stopping)
    {
        TrainingPlan plan = PlanFor(picture);
        MlpDesign design = Network?.Design ?? Design(plan, picture);
        if (design.Encoding is LatentEncoding latents)
            design = design.With(latents.At(picture.Width, picture.Height, picture.Channels));
        if (Network is not null)
            NeighborhoodPicture.RequireTask(Network, picture);
        if (design.Encoding is NeighborhoodEncoding encoding)
            design = design.With(NeighborhoodChoice.For(encoding, picture, stopping));
        return new TrainingPlan(design, Options(plan, design.Encoding.Kind, picture, design));
    }

    /// <summary>The options of a run that continues from a checkpoint as it was. Threads belong to the machine, not to the run.</summary>
    public TrainingOptions Resumed(TrainingCheckpoint checkpoint)
    {
        RequireFit(checkpoint.Design.Encoding.Kind);
        return WithParameters(checkpoint.Options with
        {
            ThreadCount = null,
            Provider = _isProviderGiven ? Provider : checkpoint.Options.Provider,
        });
    }

    private bool HasLimit => _given.Epoch is not null || _given.MaxTime is not null;

    private TrainingPlan PlanFor(PixelDataset picture) =>
        TrainingDefaults.For(picture, _given.Quality, _given.Seed ?? MlpDesign.DefaultSeed, Network?.Design.Encoding.Kind ?? _given.Encoding?.Value);

    /// <summary>
    /// Whether a network with an encoding of this kind is the planned one, or its like, and so trained as the plan says; dense networks
    /// are too different from each other.
    /// </summary>
    private bool IsPlanned(TrainingPlan plan, EncodingKind kind) => _given.Preset is null && kind == plan.Design.Encoding.Kind &&
        (kind != EncodingKind.None || (Network is null && _given.HiddenLayer is null && _given.Activation is null));

    private TrainingOptions Options(TrainingPlan plan, EncodingKind kind, PixelDataset picture, MlpDesign design)
    {
        bool enlarges = kind == EncodingKind.Neighborhood && _given.Preset is null, compresses = kind == EncodingKind.Latent;
        TrainingOptions basis =
            _given.Preset is not null ? TrainingOptions.MonaLisa2012
            : compresses ? TrainingDefaults.LatentOptions(_given.Quality, _given.Seed ?? MlpDesign.DefaultSeed)
            : enlarges ? TrainingDefaults.NeighborhoodOptions(
                picture, design, _given.Quality, _given.Seed ?? MlpDesign.DefaultSeed, (int?)_given.Epoch)
            : IsPlanned(plan, kind) ? plan.Options
            : new TrainingOptions { Sampling = plan.Options.Sampling };
        if (_isQualityGiven && !enlarges && !compresses)
            basis = basis with { MaxTime = plan.Options.MaxTime };
        // A given number of epochs or time is trained in full, however good the painting is.
        if (HasLimit)
            basis = basis with { TargetPsnr = null };
        return WithParameters(basis) with { Provider = Provider };
    }

    private TrainingOptions WithParameters(TrainingOptions basis)
    {
        basis = WithOwnParts(basis);
        return basis with
        {
            Epochs = HasLimit ? _given.Epoch : basis.Epochs,
            MaxTime = HasLimit ? _given.MaxTime : basis.MaxTime,
            TargetPsnr = _given.TargetPsnr ?? basis.TargetPsnr,
            TargetBitsPerPixel = _given.TargetBitsPerPixel ?? basis.TargetBitsPerPixel,
            TargetSize = _given.TargetSize ?? basis.TargetSize,
            TargetSsim = _given.TargetSsim ?? basis.TargetSsim,
            BatchSize = _given.BatchSize ?? basis.BatchSize,
            Sampling = _given.Sampling ?? (_given.BatchSize?.Value == 1 ? PixelSampling.Uniform : basis.Sampling),
            LearningRate = _given.LearningRate ?? basis.LearningRate,
            Momentum = _given.Momentum ?? basis.Momentum,
            Beta1 = _given.Beta1 ?? basis.Beta1,
            Beta2 = _given.Beta2 ?? basis.Beta2,
            Epsilon = _given.Epsilon ?? basis.Epsilon,
            WeightDecay = _given.WeightDecay ?? basis.WeightDecay,
            Schedule = _given.Schedule ?? basis.Schedule,
            WarmUp = _given.WarmUp ?? basis.WarmUp,
            GradientClip = _given.GradientClip ?? basis.GradientClip,
            AverageDecay = _given.AverageDecay ?? basis.AverageDecay,
            HuberDelta = _given.HuberDelta ?? basis.HuberDelta,
            MeasureEachEpoch = _isMeasuringGiven ? _given.MeasureEachEpoch : basis.MeasureEachEpoch,
            Seed = _given.Seed ?? basis.Seed,
            ThreadCount = _given.ThreadCount ?? basis.ThreadCount,
        };
    }

    // Learning rate, momentum and the like belong to their optimizer, and delta to its loss; another one takes its own.
    private TrainingOptions WithOwnParts(TrainingOptions basis)
    {
        if (_given.Optimizer?.Value is Optimizer optimizer && optimizer != basis.Optimizer)
            basis = basis with
            {
                Optimizer = optimizer,
                LearningRate = null,
                Momentum = null,
                Beta1 = null,
                Beta2 = null,
                Epsilon = null,
                WeightDecay = null,
            };
        return _given.Loss?.Value is LossFunction loss && loss != basis.Loss ? basis with { Loss = loss, HuberDelta = null } : basis;
    }

    private MlpDesign Design(TrainingPlan plan, PixelDataset picture)
    {
        if (_given.Preset?.Value is not NetworkPreset preset)
            return _network.Design(plan, picture);
        MlpDesign design = NetworkPresets.Design(preset, plan.Design.Seed);
        InputEncoding encoding = TrainingDefaults.Encoding(_given.Encoding ?? EncodingKind.None, picture);
        return (design with
        {
            HiddenLayers = Layers.Of(_given.HiddenLayer) ?? design.HiddenLayers,
            Activation = _given.Activation ?? design.Activation,
            OutputCount = picture.Channels,
        }).With(encoding);
    }
}
