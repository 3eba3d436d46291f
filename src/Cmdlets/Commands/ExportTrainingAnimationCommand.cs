using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Makes animations of networks that learn.</summary>
[Cmdlet(VerbsData.Export, "TrainingAnimation", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingAnimationCommand : SizedExportCommand
{
    /// <summary>How long the animation is; a plain number is seconds.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Duration? Duration { get; set; }

    /// <summary>Frames a second.</summary>
    [Parameter]
    public double? FrameRate { get; set; }

    /// <summary>How long the last frame stays; a plain number is seconds.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Duration? Hold { get; set; }

    /// <summary>Quality of WebP, 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? Quality { get; set; }

    /// <summary>How often the animation plays; 0 for endlessly.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count Loop { get; set; } = new(0);

    /// <summary>Shows the learned picture beside the painting.</summary>
    [Parameter]
    public SwitchParameter SideBySide { get; set; }

    /// <summary>
    /// The learned picture to show beside the painting: a path, a dataset or a training run. By default it is that of the run, with
    /// -SideBySide.
    /// </summary>
    [Parameter]
    [Single(PictureSource.Forms)]
    [ValidateNotNull]
    public PictureSource? Reference { get; set; }

    /// <summary>Shows epoch, PSNR and training time below the painting.</summary>
    [Parameter]
    public SwitchParameter Caption { get; set; }

    /// <summary>What is written into a folder.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<AnimationFileFormat>))]
    public Choices.AnimationFormat Format { get; set; } = new(AnimationFileFormat.WebP);

    private ReferencePicture? _reference;

    private bool IsFrames => Format == AnimationFileFormat.Png;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reference = RequireReference(Reference);
        Require(default, () => Options(new PictureSize(1, 1), null, ComputeProvider.Auto).Validate());
        SettleTarget();
    }

    private protected override ExportTarget TargetAt(string given)
    {
        ExportEnding ending = IsFrames ? default : new ExportEnding("-learning", "." + Format.ToString().ToLowerInvariant());
        ExportTarget target = Target(given, ending, "animation", TrainingAnimation.SupportedExtensions);
        string extension = !target.IsFolder ? System.IO.Path.GetExtension(given) : "." + Format;
        RequireUse(nameof(Quality), extension, "WebP", ".webp");
        RequireUse(nameof(Loop), extension, "WebP and GIF", ".webp", ".gif");
        return !target.IsFolder && IsGiven(nameof(Format))
            ? throw (IsFrames
                ? new CommandException(CommandErrors.InvalidOption(
                    $"Numbered PNG files go into a folder, and '{given}' is a file. Give the folder as -Destination.", Format))
                : FormatOfFile(given, Format))
            : target;
    }

    private void RequireUse(string name, string extension, string formats, params string[] extensions)
    {
        if (IsGiven(name) && !extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new CommandException(CommandErrors.InvalidOption(
                $"-{name} is for {formats}, and the format is {extension[1..].ToUpperInvariant()}. Leave -{name} out, or choose another format."));
    }

    private protected override void Export()
    {
        List<Source> sources = SourcesOf(Current);
        if (sources.Count > 0 && TargetOfObject() is ExportTarget target)
            foreach (Source source in sources)
                Try(new ErrorContext(Current), () => Export(source, target));
    }

    private List<Source> SourcesOf(object value)
    {
        var files = new FileResolver(this);
        switch (Runs.Of(value) ?? Rehydration.Live(value))
        {
            case TrainingRun { SnapshotPath: string path } run:
                return Open([path], run.Dataset, run.Options.Provider);
            case TrainingRun run:
                throw new CommandException(ErrorIds.SnapshotsMissing, ErrorCategory.ObjectNotFound, value,
                    $"The run of '{run.Dataset.Name}' kept no snapshots, or comes from another session and does not say where they are. " +
                    "Train with -SnapshotEvery Log, or give the file of the snapshots in place of the run.");
            case TrainingSnapshots snapshots:
                return [new Source(snapshots, null, ComputeProvider.Auto)];
            case FileInfo file:
                return Open(files.ExistingLiteral(file.FullName));
            case string path:
                return Open(files.ExistingLiteralOrPattern(path));
            default:
                throw new CommandException(CommandErrors.UnsupportedInput(value, Wanted.Run | Wanted.SnapshotFile));
        }
    }

    private List<Source> Open(
        IReadOnlyList<string> files, PixelDataset? picture = null, ComputeProvider provider = ComputeProvider.Auto)
    {
        List<Source> sources = [];
        foreach (string file in files)
            Try(default, () => sources.Add(new Source(InBackground((_, _) => TrainingSnapshots.Open(file)), picture, provider)));
        return sources;
    }

    private void Export(Source source, ExportTarget target)
    {
        TrainingSnapshots snapshots = source.Snapshots;
        PixelDataset? reference = ReferenceOf(source);
        string file = FileFor(target, snapshots.PictureName, source.Picture?.Path);
        Try(new ErrorContext(Current, file, source.Provider), () =>
        {
            var size = PictureSize.Of(new PictureSize(snapshots.PictureWidth, snapshots.PictureHeight), Width, Height, Scale ?? 1);
            AnimationOptions options = Options(size, reference, source.Provider) with { IsFormatChosen = target.IsFolder };
            AnimationPlan plan = IsFrames
                ? TrainingAnimation.FramesPlan(snapshots, options) : AnimationPlan.Of(snapshots.Snapshots.Count, options);
            string first = IsFrames ? FrameFile(file, 1) : file;
            if (ShouldProcess(first, $"Paint {Counted.Text(plan.Frames.Count, "frame")} of {size.Width} x {size.Height} pixels"))
                Export(snapshots, target, file, plan, options);
        });
    }

    private PixelDataset? ReferenceOf(Source source)
    {
        TrainingSnapshots snapshots = source.Snapshots;
        // A file is read as the run had it: as small, and with alpha where the network has it.
        if (_reference is not null)
            return _reference.Read(new PictureReadOptions
            {
                MaxSize = Math.Max(snapshots.PictureWidth, snapshots.PictureHeight),
                KeepAlpha = snapshots.Design.OutputCount == ReferencePicture.ChannelsWithAlpha,
            });
        return !SideBySide ? null : source.Picture ?? throw new CommandException(
            ErrorIds.ReferenceMissing, ErrorCategory.InvalidArgument, Current,
            $"'{snapshots.Path}' does not have the picture that was learned. Give the picture as -Reference, or leave out -SideBySide.");
    }

    private void Export(TrainingSnapshots snapshots, ExportTarget target, string file, AnimationPlan plan, AnimationOptions options)
    {
        int count = plan.Frames.Count;
        string[] files = IsFrames ? [.. Enumerable.Range(1, count).Select(number => FrameFile(file, number))] : [file];
        // One file that exists is enough to leave all as they are.
        WriteOnce(target, files[0], () => InBackground($"Animating {snapshots.PictureName}", "frame", count, (showDone, stopping) =>
        {
            if (IsFrames)
                TrainingAnimation.WriteFrames(snapshots, FrameStem(file), options, showDone, stopping);
            else
                TrainingAnimation.Write(snapshots, file, options, showDone, stopping);
        }), Array.Find(files, File.Exists));
        WriteVerboseLine($"Wrote '{files[0]}'{(IsFrames ? $" to '{files[^1]}'" : "")}: {Counted.Text(count, "frame")}, {plan.Duration.TotalSeconds:F1} s.");
        if (IsFrames && File.Exists(FrameFile(file, count + 1)))
            WriteWarning(
                $"'{FrameFile(file, count + 1)}' is of another, longer animation. Delete what comes after '{files[^1]}', or use an empty folder.");
        foreach (string written in files)
            PassOn(written);
    }

    private AnimationOptions Options(PictureSize size, PixelDataset? reference, ComputeProvider provider) => new()
    {
        Width = size.Width,
        Height = size.Height,
        Duration = Duration,
        FrameRate = FrameRate,
        Hold = Hold,
        Quality = Quality,
        Loop = Loop,
        HasCaption = Caption,
        Reference = reference,
        Provider = provider,
        Overwrite = Force,
    };

    private static string FrameStem(string file) => file + "-";

    private static string FrameFile(string file, int number) => TrainingAnimation.FrameFile(FrameStem(file), number);

    /// <summary>Snapshots to make an animation of, with what is known of their origin.</summary>
    /// <param name="Snapshots">The snapshots.</param>
    /// <param name="Picture">The picture that was learned, or null where only the file is there.</param>
    /// <param name="Provider">What computes.</param>
    private sealed record Source(TrainingSnapshots Snapshots, PixelDataset? Picture, ComputeProvider Provider);
}
