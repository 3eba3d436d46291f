using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Makes films of networks learning.</summary>
[Cmdlet(VerbsData.Export, "TrainingAnimation", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingAnimationCommand : SizedExportCommand
{
    /// <summary>How long the film is; a plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>Frames a second.</summary>
    [Parameter]
    public double? FrameRate { get; set; }

    /// <summary>How long the last frame stays; a plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Hold { get; set; }

    /// <summary>Quality of WebP, 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? Quality { get; set; }

    /// <summary>How often the film plays; 0 for without end.</summary>
    [Parameter]
    public int Loop { get; set; }

    /// <summary>Shows the learned picture beside the painting.</summary>
    [Parameter]
    public SwitchParameter Reference { get; set; }

    /// <summary>The learned picture, where a file of snapshots is given instead of its run.</summary>
    [Parameter]
    [ValidateNotNull]
    public PixelDataset? Dataset { get; set; }

    /// <summary>Shows epoch, PSNR and training time below the painting.</summary>
    [Parameter]
    public SwitchParameter Caption { get; set; }

    /// <summary>What is written into a folder.</summary>
    [Parameter]
    [Choice<FilmFormat>]
    [ArgumentCompleter(typeof(ChoiceCompleter<FilmFormat>))]
    public Choice<FilmFormat> Format { get; set; } = FilmFormat.WebP;

    private bool IsFrames => Format == FilmFormat.Png;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Dataset is not null && !Reference)
            ThrowTerminatingError(CommandErrors.InvalidOption("-Dataset is the picture that -Reference shows. Add -Reference.", Dataset));
        CheckOptions(() => Options(new PictureSize(1, 1), null, ComputeProvider.Auto).Validate());
        SettleTarget();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<FilmSource> sources = FilmSource.Find(this, InputObject);
        if (sources.Count > 0 && TargetOfObject() is ExportTarget target)
            foreach (FilmSource source in sources)
                Export(source, target);
    }

    private protected override ExportTarget? TargetAt(string given)
    {
        ExportEnding ending = IsFrames ? default : new ExportEnding("-learning", "." + Format.ToString().ToLowerInvariant());
        ExportTarget? target = Target(given, ending, "film", TrainingAnimation.SupportedExtensions);
        return target is { IsFolder: false } && IsGiven(nameof(Format))
            ? throw (IsFrames
                ? new ExportTargetException(CommandErrors.InvalidOption(
                    $"Numbered PNG files go into a folder, and '{given}' is a file. Give the folder as -Destination.", Format))
                : FormatOfFile(given, Format))
            : target;
    }

    private void Export(FilmSource source, ExportTarget target)
    {
        TrainingSnapshots snapshots = source.Snapshots;
        if (Reference && (Dataset ?? source.Picture) is null)
        {
            WriteError(CommandErrors.Of(ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, InputObject,
                $"'{snapshots.Path}' does not have the picture that was learned; give it with -Dataset (New-PixelDataset ./picture.jpg), " +
                "or leave out -Reference."));
            return;
        }
        string file = target.NextFile(snapshots.PictureName);
        TryExport(file, source.Provider, () =>
        {
            var size = PictureSize.Of(new PictureSize(snapshots.PictureWidth, snapshots.PictureHeight), Width, Height, Scale ?? 1);
            AnimationOptions options = Options(size, Reference ? Dataset ?? source.Picture : null, source.Provider);
            AnimationPlan plan = IsFrames
                ? TrainingAnimation.FramesPlan(snapshots, options) : AnimationPlan.Of(snapshots.Snapshots.Count, options);
            string written = IsFrames ? FrameFile(file, 1) : file;
            if (ShouldProcess(written, $"Paint {plan.Frames.Count} frames of {size.Width} x {size.Height} pixels"))
                Export(snapshots, target, file, plan, options);
        });
    }

    private void Export(TrainingSnapshots snapshots, ExportTarget target, string file, AnimationPlan plan, AnimationOptions options)
    {
        int count = plan.Frames.Count;
        string[] files = IsFrames ? [.. Enumerable.Range(1, count).Select(number => FrameFile(file, number))] : [file];
        // One that is there is enough to leave all as they are.
        if (!TryPrepare(target, Array.Find(files, File.Exists) ?? files[0]))
            return;
        Write(snapshots, file, count, options);
        WriteVerboseLine($"Wrote '{files[0]}'{(IsFrames ? $" to '{files[^1]}'" : "")}: {count} frames, {plan.Duration.TotalSeconds:F1} s.");
        if (IsFrames && File.Exists(FrameFile(file, count + 1)))
            WriteWarning(
                $"'{FrameFile(file, count + 1)}' is of another, longer film. Delete what comes after '{files[^1]}', or use an empty folder.");
        if (PassThru)
            foreach (string written in files)
                WriteObject(ItemOf(written));
    }

    private void Write(TrainingSnapshots snapshots, string file, int count, AnimationOptions options)
    {
        var activity = new ProgressActivity(WriteProgress, $"Filming {snapshots.PictureName}");
        var throttle = new ProgressThrottle();
        try
        {
            InBackground((post, stopping) =>
            {
                void ShowProgress(int done)
                {
                    if (throttle.TryPass())
                        post(() => activity.Show($"frame {done} of {count}", (double)done / count));
                }

                if (IsFrames)
                    TrainingAnimation.WriteFrames(snapshots, FrameStem(file), options, ShowProgress, stopping);
                else
                    TrainingAnimation.Write(snapshots, file, options, ShowProgress, stopping);
                return true;
            }, cleansUp: true);
        }
        finally
        {
            activity.Complete();
        }
    }

    private AnimationOptions Options(PictureSize size, PixelDataset? reference, ComputeProvider provider) => new()
    {
        Width = size.Width,
        Height = size.Height,
        Duration = Duration,
        FrameRate = FrameRate,
        Hold = Hold,
        Quality = Quality,
        LoopCount = Loop,
        HasCaption = Caption,
        Reference = reference,
        Provider = provider,
        Overwrite = Force,
    };

    private static string FrameStem(string file) => file + "-";

    private static string FrameFile(string file, int number) => TrainingAnimation.FrameFile(FrameStem(file), number);
}
