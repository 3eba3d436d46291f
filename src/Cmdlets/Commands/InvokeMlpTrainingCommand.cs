using System.Collections;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>Trains a network to paint a picture.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MlpTraining", SupportsShouldProcess = true)]
// Not TrainingJob too: Tab would offer a job's properties for every run.
[OutputType(typeof(TrainingRun))]
public sealed class InvokeMlpTrainingCommand : StoppableCommand, ITrainingOutput
{
    private TrainingChoices _choices = null!;
    private CheckpointPlan? _checkpoints;
    private SnapshotPlan? _snapshots;
    private TrainingRuns? _runs;
    private TrainingJob? _job;
    private LiveScreen? _liveScreen;
    private PipelineVariables? _upstream;

    /// <summary>The pictures to learn.</summary>
    // Of any type, because what cannot be bound would get no other message than that it cannot.
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Dataset")]
    public object[] InputObject { get; set; } = [];

    /// <summary>
    /// The network to start with: a network, the training run that trained it, or the path of its model file. Training works on a copy.
    /// </summary>
    [Parameter]
    [Single(NetworkSource.Forms)]
    [ValidateNotNull]
    public NetworkSource? Network { get; set; }

    /// <summary>Neurons in each hidden layer of a new network.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Layers[]? HiddenLayer { get; set; }

    /// <summary>The new network's activation.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<Activation>))]
    public Choices.Activation? Activation { get; set; }

    /// <summary>What the new network sees of a pixel's coordinates.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<EncodingKind>))]
    public Choices.Encoding? Encoding { get; set; }

    /// <summary>
    /// The model file, of New-MlpStart, that networks with the encoding Latent start with: pictures of its kind get smaller files, which can
    /// only be read with it.
    /// </summary>
    [Parameter]
    [Single(NetworkSource.Forms)]
    [ValidateNotNull]
    public NetworkSource? Start { get; set; }

    /// <summary>How the picture was made smaller, for the encoding Neighborhood. By default it is estimated.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<ShrinkKernel>))]
    public Choices.Kernel? Kernel { get; set; }

    /// <summary>
    /// How many times a painting at twice the size is corrected so that it gives the picture again when made smaller, for the encoding
    /// Neighborhood. The default is 1.
    /// </summary>
    [Parameter]
    [ValidateRange(0, NeighborhoodEncoding.MaxBackProjections)]
    public int? BackProjection { get; set; }

    /// <summary>Paints from one view of each place, and not from the mean of several, with the encoding Neighborhood: in less time.</summary>
    [Parameter]
    public SwitchParameter SingleView { get; set; }

    /// <summary>Removes the picture's noise, with the encoding Neighborhood.</summary>
    [Parameter]
    public SwitchParameter Denoise { get; set; }

    /// <summary>The standard deviation of the noise in steps of 8 bits, to remove it. By default it is estimated from the picture.</summary>
    [Parameter]
    public double? NoiseLevel { get; set; }

    /// <summary>The checkpoint to continue from. Network and training are as they were.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Resume { get; set; }

    /// <summary>How good the picture should be: decides network, time and batches together, or only the time of a given network.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<TrainingQuality>))]
    public Choices.Quality Quality { get; set; } = new(TrainingQuality.Standard);

    /// <summary>Trains as the 2012 program did, with its network unless another is given. Other parameters change single choices.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<NetworkPreset>))]
    public Choices.Preset? Preset { get; set; }

    /// <summary>The most passes over the picture.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Epoch { get; set; }

    /// <summary>The longest training time, such as 0:0:30. A plain number is seconds.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Duration? MaxTime { get; set; }

    /// <summary>The PSNR in dB that is good enough. With the encoding Latent the one that the smallest file is to have.</summary>
    [Parameter]
    public double? TargetPsnr { get; set; }

    /// <summary>The most bits a pixel that the compressed file may take, for the encoding Latent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double? TargetBitsPerPixel { get; set; }

    /// <summary>The most bytes that the compressed file may take, such as 20KB, for the encoding Latent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public long? TargetSize { get; set; }

    /// <summary>The SSIM that the smallest file is to have, for the encoding Latent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double? TargetSsim { get; set; }

    /// <summary>Pixels in a step.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? BatchSize { get; set; }

    /// <summary>Which pixels an epoch learns from.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<PixelSampling>))]
    public Choices.Sampling? Sampling { get; set; }

    /// <summary>The learning rate at the start. By default it suits the optimizer and the activation.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>How the gradient changes the weights.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<Optimizer>))]
    public Choices.Optimizer? Optimizer { get; set; }

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

    /// <summary>How much the weights shrink, 0 to 1.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>How the learning rate changes during the run.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<LearningRateSchedule>))]
    public Choices.Schedule? Schedule { get; set; }

    /// <summary>The share of the run over which the learning rate rises from zero.</summary>
    [Parameter]
    public double? WarmUp { get; set; }

    /// <summary>The longest a step's gradient may be.</summary>
    [Parameter]
    public double? GradientClip { get; set; }

    /// <summary>The share that a step keeps of the average of the weights, which is what the run returns.</summary>
    [Parameter]
    public double? AverageDecay { get; set; }

    /// <summary>The loss, which training makes small.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<LossFunction>))]
    public Choices.Loss? Loss { get; set; }

    /// <summary>The error at which the Huber loss changes from squared to linear.</summary>
    [Parameter]
    public double? HuberDelta { get; set; }

    /// <summary>Seed of the shuffling, and of the weights of a new network.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Threads that train. The default is one for each processor core. The result does not depend on it.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? ThreadCount { get; set; }

    /// <summary>What computes the matrix products.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<ComputeProvider>))]
    public Choices.Provider Provider { get; set; } = new(ComputeProvider.Auto);

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
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Duration CheckpointEvery { get; set; } = new(CheckpointOptions.DefaultEvery);

    /// <summary>Continues from the checkpoint at CheckpointPath if there is one; otherwise starts a new run.</summary>
    [Parameter]
    public SwitchParameter Continue { get; set; }

    /// <summary>When snapshots of the network are kept: every so many epochs, every so much time, or Log.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public SnapshotInterval? SnapshotEvery { get; set; }

    /// <summary>The file that keeps the snapshots, or a folder with one for each picture.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SnapshotPath { get; set; }

    /// <summary>Replaces the checkpoint and the snapshots of an earlier run.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The most pictures learned at once. Each then has its part of the threads.</summary>
    [Parameter]
    [Single]
    [ValidateRange(1, 1024)]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count ThrottleLimit { get; set; } = new(1);

    /// <summary>Learns in the background and returns a job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>The job's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobName { get; set; }

    bool ITrainingOutput.IsVerbose => IsVerbose;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(default, () =>
        {
            RequireOneNetwork();
            TimeSpan? every = IsGiven(nameof(CheckpointEvery)) ? CheckpointEvery : null;
            _snapshots = SnapshotPlan.Of(this, SnapshotEvery?.Schedule, SnapshotPath, CheckpointPath ?? Resume, Force);
            _checkpoints = CheckpointPlan.Of(this, CheckpointPath, Resume, every, Continue, Force);
            _choices = new TrainingChoices(
                this, Network is NetworkSource network ? network.Load(this, nameof(Network)) : null,
                Start is NetworkSource start ? LatentStartSource.Load(start, this, nameof(Start)) : null);
            if (JobName is not null && !AsJob)
                throw new ArgumentException("JobName is the name of a job. Give AsJob too, or leave JobName out.");
            if (Resume is null)
                _choices.Validate();
        });
        if (MaxTime?.Value is TimeSpan time && time > TimeSpan.Zero && time < TimeSpan.FromMilliseconds(1))
            WriteWarning(FormattableString.Invariant($"-MaxTime is {time.TotalMicroseconds} microseconds, and training ends ") +
                "after its first steps. A plain number is seconds.");
        if (Live)
            _liveScreen = LiveScreen.TryOpen(this, isAlone: !AsJob && ThrottleLimit == 1 && !IsVerbose);
        // One after the other, each run is passed on before the next picture comes, and the variables are its own.
        if (!AsJob && ThrottleLimit > 1)
            _upstream = PipelineVariables.BeforeThis(this);
        if (!AsJob)
            _runs = new TrainingRuns(WriteProgress, ThrottleLimit, Grace, StoppingToken);
    }

    /// <summary>Throws where a network that is there, or a run that goes on, meets choices of a new one.</summary>
    private void RequireOneNetwork()
    {
        string[] ofNewNetwork = [nameof(HiddenLayer), nameof(Activation), nameof(Encoding), nameof(Start), nameof(Kernel), nameof(Denoise)];
        if (Resume is not null)
            RequireAlone(nameof(Resume), "continues a run with the network and the choices that it had",
                [nameof(Network), .. ofNewNetwork, nameof(BackProjection), nameof(SingleView), nameof(NoiseLevel), nameof(Quality), nameof(Preset), nameof(Continue)]);
        if (Network is not null)
            RequireAlone(nameof(Network), "has layers and an encoding of its own", ofNewNetwork);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
            Begin(item);
    }

    private void Begin(object item)
    {
        PictureTraining? training = null;
        Try(new ErrorContext(item), () => training = TrainingOf(Pictures.Require(item)));
        if (training is null)
            return;
        if (_runs is not null)
            _runs.Begin(training, _upstream?.OutputFor(this) ?? this);
        else
            Job().Add(training);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _runs?.End();
        if (!AsJob)
            return;
        TrainingJob job = Job();
        // Before the job is passed on: Wait-Job in the same pipeline waits until no other picture can come.
        job.CompleteAdding();
        WriteObject(job);
    }

    /// <summary>No other picture follows, however the pipeline ended.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _job?.CompleteAdding();
        _runs?.Abandon();
    }

    void ITrainingOutput.WriteRun(TrainingRun run) => WriteObject(run);

    // A stopped pipeline accepts no more objects, but the session holds the list of -OutVariable from the command's beginning.
    void ITrainingOutput.KeepStopped(TrainingRun run)
    {
        if (MyInvocation.BoundParameters.TryGetValue("OutVariable", out object? given) && given is string name &&
            SessionState.PSVariable.GetValue(name.TrimStart('+')) is IList { IsReadOnly: false, IsFixedSize: false } list)
            list.Add(new PSObject(run));
    }

    void ITrainingOutput.Fail(ErrorRecord error, bool endsAll)
    {
        if (endsAll)
            ThrowTerminatingError(error);
        WriteError(error);
    }

    void ITrainingOutput.End()
    {
    }

    // Null where -WhatIf or -Confirm say that nothing is to be written.
    private PictureTraining? TrainingOf(PixelDataset picture)
    {
        _choices.RequireMatch(picture);
        PictureIdentity? known = null;
        PictureIdentity Identity() => known ??= InBackground((_, _) => PictureIdentity.Of(picture));
        PictureCheckpoint? checkpoint = _checkpoints?.Next(picture, Identity, WriteWarning);
        PictureSnapshots? snapshots = _snapshots?.Next(picture, Identity);
        string?[] files = [checkpoint?.Path, snapshots?.Path];
        string written = string.Join("' and '", files.OfType<string>());
        if (written.Length > 0 && !ShouldProcess($"'{written}'", $"Train a network on '{picture.Name}' and keep what it learns"))
            return null;
        _checkpoints?.PrepareFolder();
        _snapshots?.PrepareFolder();
        return new PictureTraining(picture, _choices, checkpoint, snapshots, _liveScreen, resumes: Resume is not null);
    }

    private TrainingJob Job()
    {
        if (_job is null)
        {
            _job = new TrainingJob(MyInvocation.Line.Trim(), JobName, IsVerbose, ThrottleLimit);
            JobRepository.Add(_job);
        }
        return _job;
    }
}
