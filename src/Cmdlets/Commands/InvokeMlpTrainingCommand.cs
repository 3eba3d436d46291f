using System.Management.Automation;
using MonaLisa.Engine;
using ProviderInfo = MonaLisa.Engine.ProviderInfo;

namespace MonaLisa.PowerShell;

/// <summary>Trains a network to paint a picture.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MlpTraining", DefaultParameterSetName = HiddenLayerSet)]
[OutputType(typeof(TrainingRun))]
public sealed class InvokeMlpTrainingCommand : StoppableCommand
{
    private const string HiddenLayerSet = "HiddenLayer";
    private const string NetworkSet = "Network";
    private const string ResumeSet = "Resume";

    private NetworkChoice _choice = new();
    private ProgressActivity? _allPictures;
    private int _pictureCount;
    private CheckpointPlan? _checkpoints;
    private LiveScreen? _liveScreen;

    /// <summary>The picture to learn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Dataset")]
    public PixelDataset InputObject { get; set; } = null!;

    /// <summary>The network to begin with, or the training run that it comes from; training works on a copy.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSet)]
    [NetworkOfRun]
    public Mlp? Network { get; set; }

    /// <summary>Neurons in each hidden layer of a new network.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [ValidateNotNullOrEmpty]
    public int[]? HiddenLayer { get; set; }

    /// <summary>The new network's activation.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [ValidateSet(nameof(Engine.Activation.ReLU), nameof(Engine.Activation.LeakyReLU), nameof(Engine.Activation.Tanh),
        nameof(Engine.Activation.Sigmoid), nameof(Engine.Activation.Sine), nameof(Engine.Activation.Gaussian),
        nameof(Engine.Activation.FINER), nameof(Engine.Activation.WIRE), nameof(Engine.Activation.GELU))]
    public Activation? Activation { get; set; }

    /// <summary>What the new network sees of a pixel's place.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    public EncodingKind? Encoding { get; set; }

    /// <summary>The checkpoint to go on from; network and training are as they were.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResumeSet)]
    [ValidateNotNullOrEmpty]
    public string? Resume { get; set; }

    /// <summary>How good the picture is to be: decides network, time and batches together, or of a network of one's own the time.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = NetworkSet)]
    public TrainingQuality Quality { get; set; } = TrainingQuality.Standard;

    /// <summary>Trains as the 2012 program did, with its network unless another is given; other parameters change single choices.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = NetworkSet)]
    public NetworkPreset? Preset { get; set; }

    /// <summary>The most passes over the picture.</summary>
    [Parameter]
    public int? Epoch { get; set; }

    /// <summary>The longest training time, such as 0:0:30; a plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>The PSNR in dB that is good enough.</summary>
    [Parameter]
    public double? TargetPsnr { get; set; }

    /// <summary>Pixels in a step.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>Which pixels an epoch learns from.</summary>
    [Parameter]
    public PixelSampling? Sampling { get; set; }

    /// <summary>The learning rate at the start; without it, one that suits the optimizer and the activation.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>How the gradient changes the weights.</summary>
    [Parameter]
    public Optimizer? Optimizer { get; set; }

    /// <summary>The momentum of the optimizers that have one, at least 0 and below 1.</summary>
    [Parameter]
    public double? Momentum { get; set; }

    /// <summary>The share of the gradients' mean that a step of Adam, AdamW or Muon keeps.</summary>
    [Parameter]
    public double? Beta1 { get; set; }

    /// <summary>The share of the gradients' mean square that a step of Adam, AdamW, Muon or RMSProp keeps.</summary>
    [Parameter]
    public double? Beta2 { get; set; }

    /// <summary>What these add to the mean square's root.</summary>
    [Parameter]
    public double? Epsilon { get; set; }

    /// <summary>What the weights lose, 0 to 1.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>How the learning rate goes over the run.</summary>
    [Parameter]
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>The share of the run over which the learning rate rises from zero.</summary>
    [Parameter]
    public double? WarmUp { get; set; }

    /// <summary>The longest a step's gradient may be.</summary>
    [Parameter]
    public double? GradientClip { get; set; }

    /// <summary>The share that a step keeps of the average of the weights, which is what the run returns.</summary>
    [Parameter]
    public double? AverageDecay { get; set; }

    /// <summary>What training makes small.</summary>
    [Parameter]
    public LossFunction? Loss { get; set; }

    /// <summary>The error at which the Huber loss goes over from squared to straight.</summary>
    [Parameter]
    public double? HuberDelta { get; set; }

    /// <summary>Seed of the shuffling, and of the weights where the command makes the network.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Threads that train; without it, one a processor core. The result does not depend on it.</summary>
    [Parameter]
    public int? ThreadCount { get; set; }

    /// <summary>Who computes the matrix products.</summary>
    [Parameter]
    public ComputeProvider Provider { get; set; } = ComputeProvider.Auto;

    /// <summary>Measures PSNR and MAE after each epoch, over the training pixels and over the held-out ones.</summary>
    [Parameter]
    public SwitchParameter MeasureEachEpoch { get; set; }

    /// <summary>Shows in the terminal what the network paints while it learns.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>The file that keeps the run's state, or a folder with one for each picture.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>The time between checkpoints; a plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan CheckpointEvery { get; set; } = CheckpointOptions.DefaultEvery;

    /// <summary>Goes on from the checkpoint at CheckpointPath where there is one; begins where there is none.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = NetworkSet)]
    public SwitchParameter Continue { get; set; }

    /// <summary>Replaces a checkpoint that an earlier run left at CheckpointPath.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _liveScreen = Live ? OpenLiveScreen() : null;
        try
        {
            TimeSpan? every = IsGiven(nameof(CheckpointEvery)) ? CheckpointEvery : null;
            _checkpoints = CheckpointPlan.Of(this, CheckpointPath, Resume, every, Continue, Force);
            if (Resume is not null)
                return;
            _choice = new NetworkChoice { Encoding = Encoding, HiddenLayers = HiddenLayer, Activation = Activation };
            // Whether the choices are good does not depend on the picture.
            TrainingPlan plan = PlanFor(UsualPicture.Of());
            _choice.Validate(plan);
            EncodingKind kind = Network?.Design.Encoding.Kind ?? _choice.KindFor(plan);
            Options(plan, kind).Validate();
            if (IsQualityGiven && HasLimit && !IsPlanned(plan, kind))
                throw new ArgumentException(
                    "Quality decides the training time alone, for the network or its training was chosen, and so does " +
                    $"{(MaxTime is null ? nameof(Epoch) : nameof(MaxTime))}. Leave out one of them.");
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(CommandErrors.InvalidOption(exception));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            ShowPictureCount();
            if (TryTrain(InputObject) is not TrainingRun run)
                return;
            WriteObject(run);
            if (run.CheckpointFailure is ModelFileException failure)
                WriteError(CommandErrors.Model(failure, failure.Path));
        }
        catch
        {
            // EndProcessing will not come any more.
            _allPictures?.Complete();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _allPictures?.Complete();

    // A single picture needs no record above its own, and that there are more is known only when the second comes.
    private void ShowPictureCount()
    {
        if (++_pictureCount < 2)
            return;
        _allPictures ??= new ProgressActivity(this, "Training networks");
        _allPictures.Show($"picture {_pictureCount}: {InputObject.Name}");
    }

    private TrainingRun? TryTrain(PixelDataset dataset)
    {
        if (!HasRightOutputs(dataset) || _checkpoints?.TryNext(dataset) == false)
            return null;
        var activity = new ProgressActivity(this, $"Learning {dataset.Name}", _allPictures);
        var throttle = new ProgressThrottle();
        try
        {
            TrainingRun run = InBackground((post, stopping) =>
            {
                using LivePicture? live = _liveScreen is LiveScreen screen ? BeginLive(screen, dataset, post) : null;
                IReadOnlyList<ITrainingWatcher>? watchers = live is null ? null : [live];
                void ShowProgress(TrainingProgress progress)
                {
                    if (throttle.TryPass())
                        post(() => activity.Show(TrainingText.Status(progress), progress.Fraction, progress.Remaining));
                }

                Action<EpochRecord>? tellEpoch = IsVerbose ? epoch => post(() => WriteVerbose(TrainingText.Epoch(epoch))) : null;
                CheckpointOptions? kept = _checkpoints?.Options(warning => post(() => WriteWarning(warning)));
                TrainingCheckpoint? earlier = _checkpoints?.LoadEarlier();
                if (earlier is not null && Resume is not null)
                {
                    post(() => TellResumed(earlier));
                    return Trainer.Resume(dataset, earlier, ResumedOptions(earlier), ShowProgress, tellEpoch, stopping, kept, watchers);
                }
                TrainingPlan plan = PlanFor(dataset);
                MlpDesign design = Network?.Design ?? Design(plan, dataset);
                TrainingOptions options = Options(plan, design.Encoding.Kind);
                if (earlier is not null)
                {
                    _checkpoints!.RequireDesign(earlier, design);
                    post(() => TellResumed(earlier));
                    return Trainer.Resume(dataset, earlier, options, ShowProgress, tellEpoch, stopping, kept, watchers);
                }
                Mlp network = Network ?? new Mlp(design);
                post(() => TellPlan(dataset, network));
                return Trainer.Train(dataset, network, options, ShowProgress, tellEpoch, stopping, kept, watchers);
            }, cleansUp: _checkpoints is not null);
            TellOutcome(run);
            return run;
        }
        catch (TrainingDivergedException exception)
        {
            WriteError(CommandErrors.TrainingDiverged(exception, dataset));
        }
        catch (ModelFileException exception)
        {
            WriteError(CommandErrors.Model(exception, exception.Path));
        }
        catch (ProviderUnavailableException exception)
        {
            ThrowTerminatingError(CommandErrors.ProviderUnavailable(exception, Provider));
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(CommandErrors.InvalidOption(exception, dataset));
        }
        catch (OutOfMemoryException exception)
        {
            WriteError(CommandErrors.NetworkTooLarge(exception, dataset));
        }
        finally
        {
            activity.Complete();
        }
        return null;
    }

    private LiveScreen? OpenLiveScreen()
    {
        if (LiveScreen.Obstacle(this, TerminalSurroundings.Of(this), IsVerbose) is not string obstacle)
            return new LiveScreen(Host);
        WriteWarning($"-Live shows no picture: {obstacle}. The training goes on without.");
        return null;
    }

    private LivePicture? BeginLive(LiveScreen screen, PixelDataset dataset, Action<Action> post)
    {
        var picture = LivePicture.TryBegin(screen, dataset, Provider, post, TimeProvider.System);
        if (picture is null)
            post(() => WriteWarning($"-Live shows no picture of '{dataset.Name}': another run has the screen. The training goes on without."));
        return picture;
    }

    // A network of the command's own making has the outputs that the picture has channels.
    private bool HasRightOutputs(PixelDataset dataset)
    {
        if (Network is null || Network.OutputCount == dataset.Channels)
            return true;
        WriteError(CommandErrors.Of(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument, dataset,
            $"The network has {Network.OutputCount} outputs and '{dataset.Name}' has {dataset.Channels} channels. " +
            $"Make the network with New-MlpNetwork -OutputCount {dataset.Channels}, or leave out -Network."));
        return false;
    }

    private void TellPlan(PixelDataset dataset, Mlp network)
    {
        if (!IsVerbose)
            return;
        WriteVerboseLine($"Picture: {dataset}. Network: {network}.");
        WriteVerboseLine($"Encoding: {network.Design.Encoding}. Weights: {network.WeightCount}.");
        if (ProviderChoice.Of(Provider) is ProviderInfo chosen)
            WriteVerboseLine($"Provider: {chosen.Provider}. {chosen.Reason}");
    }

    private void TellResumed(TrainingCheckpoint checkpoint) => WriteVerboseLine(
        $"Goes on from '{checkpoint.Path}': epoch {checkpoint.Epoch}, {checkpoint.Steps} steps, {checkpoint.Elapsed.TotalSeconds:F1} s.");

    private void TellOutcome(TrainingRun run)
    {
        TrainingOptions used = run.Options;
        WriteVerboseLine(
            $"Computed by {run.Provider}, threads: {run.ThreadCount}, batches of {used.BatchSize} pixels, sampling {used.Sampling}, seed {used.Seed}.");
        WriteVerboseLine($"{used.Optimizer} with learning rate {used.LearningRate:G4} and {used.Schedule} schedule; loss {used.Loss}.");
        WriteVerboseLine($"Stopped by {run.StopReason} after {run.Epochs} epochs, {run.Steps} steps and {run.Elapsed.TotalSeconds:F1} s.");
        WriteVerboseLine($"Paints with {run.Psnr:F2} dB and a mean absolute error of {run.Mae:F4}.");
        if (run.HeldOutPsnr is double heldOutPsnr)
            WriteVerboseLine($"Held-out pixels: {heldOutPsnr:F2} dB and a mean absolute error of {run.HeldOutMae:F4}.");
    }

    private bool IsQualityGiven => IsGiven(nameof(Quality));

    private bool HasLimit => Epoch is not null || MaxTime is not null;

    private TrainingPlan PlanFor(PixelDataset dataset) => TrainingDefaults.For(dataset, Quality, Seed ?? MlpDesign.DefaultSeed);

    /// <summary>
    /// Whether a network with an encoding of this kind is the planned one, or its like, and so trained as the plan says; dense networks
    /// are too different from each other.
    /// </summary>
    private bool IsPlanned(TrainingPlan plan, EncodingKind kind) => Preset is null && kind == plan.Design.Encoding.Kind &&
        (kind != EncodingKind.None || (Network is null && HiddenLayer is null && Activation is null));

    private TrainingOptions Options(TrainingPlan plan, EncodingKind kind)
    {
        TrainingOptions basis =
            Preset is not null ? TrainingOptions.MonaLisa2012
            : IsPlanned(plan, kind) ? plan.Options
            : new TrainingOptions { Sampling = plan.Options.Sampling };
        if (IsQualityGiven)
            basis = basis with { MaxTime = plan.Options.MaxTime };
        // Who asks for epochs or a time gets them, however good the painting is by then.
        if (HasLimit)
            basis = basis with { TargetPsnr = null };
        return WithParameters(basis) with { Provider = Provider };
    }

    // Threads belong to the machine, not to the run.
    private TrainingOptions ResumedOptions(TrainingCheckpoint checkpoint) =>
        WithParameters(checkpoint.Options with
        {
            ThreadCount = null,
            Provider = IsGiven(nameof(Provider)) ? Provider : checkpoint.Options.Provider,
        });

    private TrainingOptions WithParameters(TrainingOptions basis)
    {
        basis = WithOwnParts(basis);
        return basis with
        {
            Epochs = HasLimit ? Epoch : basis.Epochs,
            MaxTime = HasLimit ? MaxTime : basis.MaxTime,
            TargetPsnr = TargetPsnr ?? basis.TargetPsnr,
            BatchSize = BatchSize ?? basis.BatchSize,
            Sampling = Sampling ?? (BatchSize == 1 ? PixelSampling.Uniform : basis.Sampling),
            LearningRate = LearningRate ?? basis.LearningRate,
            Momentum = Momentum ?? basis.Momentum,
            Beta1 = Beta1 ?? basis.Beta1,
            Beta2 = Beta2 ?? basis.Beta2,
            Epsilon = Epsilon ?? basis.Epsilon,
            WeightDecay = WeightDecay ?? basis.WeightDecay,
            Schedule = Schedule ?? basis.Schedule,
            WarmUp = WarmUp ?? basis.WarmUp,
            GradientClip = GradientClip ?? basis.GradientClip,
            AverageDecay = AverageDecay ?? basis.AverageDecay,
            HuberDelta = HuberDelta ?? basis.HuberDelta,
            MeasureEachEpoch = IsGiven(nameof(MeasureEachEpoch)) ? MeasureEachEpoch : basis.MeasureEachEpoch,
            Seed = Seed ?? basis.Seed,
            ThreadCount = ThreadCount ?? basis.ThreadCount,
        };
    }

    // Learning rate, momentum and the like belong to their optimizer, and delta to its loss; another one takes its own.
    private TrainingOptions WithOwnParts(TrainingOptions basis)
    {
        if (Optimizer is Optimizer optimizer && optimizer != basis.Optimizer)
            basis = basis with
            {
                Optimizer = optimizer, LearningRate = null, Momentum = null, Beta1 = null, Beta2 = null, Epsilon = null, WeightDecay = null,
            };
        return Loss is LossFunction loss && loss != basis.Loss ? basis with { Loss = loss, HuberDelta = null } : basis;
    }

    private MlpDesign Design(TrainingPlan plan, PixelDataset dataset)
    {
        if (Preset is not NetworkPreset preset)
            return _choice.Design(plan, dataset);
        MlpDesign design = NetworkPresets.Design(preset, plan.Design.Seed);
        InputEncoding encoding = TrainingDefaults.Encoding(Encoding ?? EncodingKind.None, dataset.Width, dataset.Height);
        return (design with
        {
            HiddenLayers = HiddenLayer ?? design.HiddenLayers,
            Activation = Activation ?? design.Activation,
            OutputCount = dataset.Channels,
        }).With(encoding);
    }
}
