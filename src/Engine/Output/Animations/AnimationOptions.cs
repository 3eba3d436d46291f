namespace MonaLisa.Engine;

/// <summary>How an animation of a run's snapshots is made.</summary>
internal sealed record AnimationOptions
{
    /// <summary>How long an animation is by default, without a duration or a frame rate.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    /// <summary>How long the last frame stays by default; at most a fifth of the duration.</summary>
    public static readonly TimeSpan DefaultHold = TimeSpan.FromSeconds(1);

    /// <summary>The default limit of frames a second.</summary>
    public const double DefaultFrameRate = 30;

    /// <summary>The most frames a second; beyond it, programs that show animations use another rate.</summary>
    public const double MaxFrameRate = 50;

    /// <summary>The longest animation or frame.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromHours(1);

    /// <summary>The fewest frames a second: one in the longest animation.</summary>
    public static readonly double LeastFrameRate = 1 / MaxDuration.TotalSeconds;

    /// <summary>Pixels in a row of the painting, at least 1.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the painting, at least 1.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// Time from the first frame to the end of the last; null for <see cref="DefaultDuration"/>, or where a frame rate is given for as
    /// long as every snapshot takes.
    /// </summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// Frames a second, <see cref="LeastFrameRate"/> to <see cref="MaxFrameRate"/>; null for a frame a snapshot, at most <see cref="DefaultFrameRate"/>.
    /// </summary>
    public double? FrameRate { get; init; }

    /// <summary>How long the last frame stays; null for <see cref="DefaultHold"/>.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>Quality of WebP, 1 to 100; null for 80. GIF and PNG ignore it.</summary>
    public int? Quality { get; init; }

    /// <summary>How often the animation plays; 0 for endlessly.</summary>
    public int Loop { get; init; }

    /// <summary>Whether there is a strip below the painting with epoch, PSNR and training time.</summary>
    public bool HasCaption { get; init; }

    /// <summary>The learned picture, to be shown on the right of the painting; null for none.</summary>
    public PixelDataset? Reference { get; init; }

    /// <summary>Who computes.</summary>
    public ComputeProvider Provider { get; init; }

    /// <summary>Whether -Format chose the format, and not the name of the file: messages name other formats in the same way.</summary>
    public bool IsFormatChosen { get; init; }

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        if (Width < 1 || Height < 1)
            throw new ArgumentException($"An animation has at least one pixel; {Width} x {Height} are none.");
        Require(nameof(Duration), Duration, TimeSpan.FromMilliseconds(1));
        Require(nameof(Hold), Hold, TimeSpan.Zero);
        if (FrameRate is double rate && !(rate >= LeastFrameRate && rate <= MaxFrameRate))
            throw new ArgumentException(FormattableString.Invariant(
                $"FrameRate is at least {LeastFrameRate:F5}, a frame an hour, and at most {MaxFrameRate}, not {rate}."));
        if (Duration is TimeSpan duration && Hold >= duration)
            throw new ArgumentException($"Hold, {Hold}, is a part of the animation, and Duration, {duration}, must be longer.");
        if (Quality is < 1 or > 100)
            throw new ArgumentException($"Quality is 1 to 100, not {Quality}.");
        if (Loop is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"Loop is 0 to {ushort.MaxValue}, not {Loop}.");
    }

    private static void Require(string name, TimeSpan? time, TimeSpan least)
    {
        if (time < least || time > MaxDuration)
            throw new ArgumentException($"{name} is at least {least} and at most {MaxDuration}, not {time}.");
    }
}
