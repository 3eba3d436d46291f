using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>Learns from pictures of one kind what their networks have in common, for smaller files.</summary>
[Cmdlet(VerbsCommon.New, "MlpStart")]
[OutputType(typeof(Mlp))]
public sealed class NewMlpStartCommand : StoppableCommand
{
    private PictureSheet _sheet = null!;
    private TrainingOptions _options = null!;
    private IReadOnlyList<int>? _hiddenLayers;

    /// <summary>Pictures of the kind.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Dataset", "Picture")]
    public object[] InputObject { get; set; } = [];

    /// <summary>Neurons in each hidden layer of the networks that start with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Layers[]? HiddenLayer { get; set; }

    /// <summary>The PSNR in dB that files of such pictures are to have, about.</summary>
    [Parameter]
    public double? TargetPsnr { get; set; }

    /// <summary>The bits a pixel that files of such pictures are to take, about.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double? TargetBitsPerPixel { get; set; }

    /// <summary>The most passes over the pictures.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Epoch { get; set; }

    /// <summary>The longest training time, such as 0:0:30. A plain number is seconds.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Duration? MaxTime { get; set; }

    /// <summary>Seed of the parts of large pictures and of the order of the training.</summary>
    [Parameter]
    public int? Seed { get; set; } = MlpDesign.DefaultSeed;

    /// <summary>Threads that train. The default is one for each processor core. The result does not depend on it.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? ThreadCount { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        int seed = Seed ?? MlpDesign.DefaultSeed;
        _sheet = new PictureSheet(seed);
        _options = new TrainingOptions
        {
            Epochs = Epoch is Count epochs ? epochs : MaxTime is null ? StartTraining.DefaultEpochs : null,
            MaxTime = MaxTime,
            TargetPsnr = TargetPsnr,
            TargetBitsPerPixel = TargetBitsPerPixel,
            Seed = seed,
            ThreadCount = ThreadCount,
        };
        _hiddenLayers = Layers.Of(HiddenLayer);
        Require(default, () => StartTraining.Validate(_hiddenLayers, _options));
    }

    /// <summary>Keeps a part of each picture.</summary>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
            Try(new ErrorContext(item), () => _sheet.Add(Pictures.Require(item)));
    }

    /// <summary>Learns from all of them.</summary>
    protected override void EndProcessing()
    {
        // What was wrong with each picture is told already.
        if (_sheet.PictureCount > 0)
            Require(default, () => WriteObject(Learn(_sheet.Compose())));
    }

    private Mlp Learn(PixelDataset sheet)
    {
        var activity = new ProgressActivity(WriteProgress, $"Learn a start from {sheet.Name}");
        var throttle = new ProgressThrottle();
        WriteVerboseLine($"Learns from parts of {sheet.Name}, {sheet.TrainingPixelCount} pixels.");
        try
        {
            Mlp start = InBackground((post, stopping) => StartTraining.Learn(
                sheet, _hiddenLayers, _options,
                progress =>
                {
                    if (throttle.TryPass())
                        post(() => activity.Show(TrainingText.Status(progress), progress.Fraction, progress.Remaining));
                },
                stopping));
            WriteVerboseLine($"The pictures have {start.Training!.Psnr:F2} dB.");
            return start;
        }
        finally
        {
            activity.Complete();
        }
    }
}
