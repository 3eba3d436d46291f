using System.Globalization;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Makes animations of the training of networks from their snapshots: animated WebP and GIF, or numbered PNG files. Frames are painted one
/// after the other, a strip at a time, straight into the encoder, which holds one frame and the file's bytes.
/// </summary>
internal static class TrainingAnimation
{
    // libvips' own limit for the height of a picture, and for it an animation is one picture, frame below frame.
    private const int MostRows = 10_000_000;

    /// <summary>The extensions of animations, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> SupportedExtensions { get; } = [.. AnimationFormat.All.Select(format => format.Extension)];

    /// <summary>
    /// Writes an animation in the format that the file's extension names. It is written under a temporary name in the same folder and
    /// takes the target's name in one step when it is complete: a failed or cancelled write leaves the folder as it was.
    /// </summary>
    /// <param name="snapshots">The run's snapshots.</param>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="options">How.</param>
    /// <param name="frameDone">Told how many frames are painted; on this thread.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>What the animation shows.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModelFileException">A snapshot cannot be read, or the reference is not the picture that was learned.</exception>
    /// <exception cref="PictureException">The file cannot be written, or a frame or the animation is too large for its format.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static AnimationPlan Write(
        TrainingSnapshots snapshots, string path, AnimationOptions options, Action<int>? frameDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        return Encode(
            snapshots, path, options, frameDone, encoder => encoder.Write(path, options.Overwrite, cancellationToken), cancellationToken);
    }

    /// <summary>Makes an animation's file in memory, as <see cref="Write"/> does on disk; the name's extension gives its format.</summary>
    internal static byte[] Encode(
        TrainingSnapshots snapshots, string name, AnimationOptions options, CancellationToken cancellationToken)
    {
        byte[] animation = [];
        Encode(
            snapshots, name, options, frameDone: null, encoder => animation = encoder.Encode(name, cancellationToken), cancellationToken);
        return animation;
    }

    private static AnimationPlan Encode(
        TrainingSnapshots snapshots, string path, AnimationOptions options, Action<int>? frameDone, Action<StripEncoder> encode,
        CancellationToken cancellationToken)
    {
        AnimationFormat format = AnimationFormat.ForFile(path) ?? throw new PictureException(PictureProblem.UnsupportedFormat, path,
            $"'{path}' cannot be written: its extension names no animation format. Use one of {string.Join(", ", SupportedExtensions)}.");
        var plan = AnimationPlan.Of(snapshots.Snapshots.Count, options);
        RequirePicture(snapshots, options);
        var layout = new FrameLayout(options);
        RequireSize(path, format, layout, plan.Frames.Count);
        int[] delays = plan.Delays(format.DelayUnit, format.LeastDelay);
        RequireTime(path, format, plan, delays, options.IsFormatChosen);
        using var painter = new FramePainter(snapshots, plan, layout, options, cancellationToken);
        // libvips takes milliseconds for every format.
        int[] milliseconds = [.. delays.Select(delay => (int)(delay * format.DelayUnit.TotalMilliseconds))];
        RowSource rows = (firstRow, rowCount, colors) =>
        {
            while (rowCount > 0)
            {
                (int frame, int row) = Math.DivRem(firstRow, layout.Height);
                int count = Math.Min(rowCount, layout.Height - row);
                painter.Paint(plan.Frames[frame].Snapshot, row, count, colors);
                colors = colors[(count * layout.Width * painter.Channels)..];
                (firstRow, rowCount) = (firstRow + count, rowCount - count);
                if (row + count == layout.Height)
                    frameDone?.Invoke(frame + 1);
            }
        };
        var shape = new StripShape(layout.Width, layout.Height * plan.Frames.Count, painter.Channels, 8);
        encode(new StripEncoder(shape, rows, format.EncoderFor(options.IsFormatChosen), (image, target) =>
        {
            using Image animation = image.Mutate(facts =>
            {
                facts.Set(GValue.GIntType, "page-height", layout.Height);
                facts.Set(GValue.GIntType, "loop", options.Loop);
                facts.Set(GValue.ArrayIntType, "delay", milliseconds);
            });
            format.Save(animation, target, options.Quality);
        }));
        return plan;
    }

    /// <summary>
    /// Writes frames as PNG files with numbers from 1, each of which gets its name when it is complete. Without a duration or a frame
    /// rate every snapshot has one.
    /// </summary>
    /// <param name="snapshots">The run's snapshots.</param>
    /// <param name="stem">The files' full path before the number, such as <c>/animations/mona-lisa-</c>.</param>
    /// <param name="options">How; times only decide which snapshots there are.</param>
    /// <param name="frameDone">Told how many files are written; on this thread.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The files.</returns>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static IReadOnlyList<string> WriteFrames(
        TrainingSnapshots snapshots, string stem, AnimationOptions options, Action<int>? frameDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(stem);
        AnimationPlan plan = FramesPlan(snapshots, options);
        RequirePicture(snapshots, options);
        var layout = new FrameLayout(options);
        using var painter = new FramePainter(snapshots, plan, layout, options, cancellationToken);
        var writing = new PictureWriteOptions { Channels = painter.Channels, Overwrite = options.Overwrite };
        var files = new List<string>();
        foreach (AnimationFrame frame in plan.Frames)
        {
            string file = FrameFile(stem, files.Count + 1);
            PictureWriter.Write(file, layout.Width, layout.Height,
                (firstRow, rowCount, colors) => painter.Paint(frame.Snapshot, firstRow, rowCount, colors), writing, cancellationToken);
            files.Add(file);
            frameDone?.Invoke(files.Count);
        }
        return files;
    }

    /// <summary>What <see cref="WriteFrames"/> shows.</summary>
    public static AnimationPlan FramesPlan(TrainingSnapshots snapshots, AnimationOptions options)
    {
        return AnimationPlan.Of(snapshots.Snapshots.Count,
            options is { Duration: null, FrameRate: null } ? options with { FrameRate = AnimationOptions.DefaultFrameRate } : options);
    }

    /// <summary>The file of a frame of <see cref="WriteFrames"/>.</summary>
    /// <param name="stem">The full path before the number.</param>
    /// <param name="number">The number, from 1.</param>
    public static string FrameFile(string stem, int number) => stem + number.ToString("D4", CultureInfo.InvariantCulture) + ".png";

    private static void RequirePicture(TrainingSnapshots snapshots, AnimationOptions options)
    {
        if (options.Reference is PixelDataset picture)
            snapshots.RequirePicture(picture);
    }

    private static void RequireTime(string path, AnimationFormat format, AnimationPlan plan, int[] delays, bool isFormatChosen)
    {
        if (plan.Duration > AnimationOptions.MaxDuration)
            throw new ArgumentException(
                $"'{path}' cannot be written: its {plan.Frames.Count} frames take {plan.Duration}, and an animation at most " +
                $"{AnimationOptions.MaxDuration}. Use a higher -FrameRate, or a -Duration.");
        if (delays.Max() > format.MostDelay)
            throw new ArgumentException(
                $"'{path}' cannot be written: {format.Name} shows a frame for at most {format.MostDelay * format.DelayUnit}, and one " +
                $"would stay {delays.Max() * format.DelayUnit}. Use a shorter -Duration or -Hold, a higher -FrameRate, or {AnimationFormat.All[0].Choice(isFormatChosen)}.");
    }

    private static void RequireSize(string path, AnimationFormat format, FrameLayout layout, int frames)
    {
        if (Math.Max(layout.Width, layout.Height) > format.MaxSide)
            throw new PictureException(PictureProblem.TooLarge, path,
                $"'{path}' cannot be written: {format.Name} holds at most {format.MaxSide} pixels a side, and the frames are " +
                $"{layout.Width} x {layout.Height}. Use a smaller size.");
        if ((long)layout.Height * frames > MostRows)
            throw new PictureException(PictureProblem.TooLarge, path,
                $"'{path}' cannot be written: its {frames} frames of {layout.Height} rows have more than {MostRows} together. " +
                "Use a smaller size, or a shorter animation (-Duration).");
    }
}
