namespace MonaLisa.Engine;

/// <summary>A frame of an animation.</summary>
/// <param name="Snapshot">The snapshot that it shows, by its place among all, from 0.</param>
/// <param name="Start">When it comes.</param>
/// <param name="End">When the next one comes, or the animation ends.</param>
internal readonly record struct AnimationFrame(int Snapshot, TimeSpan Start, TimeSpan End);

/// <summary>
/// Which snapshots an animation shows, and when. Where there are more than it can show, it takes them evenly from the first to the last.
/// </summary>
internal sealed class AnimationPlan
{
    private AnimationPlan(IReadOnlyList<AnimationFrame> frames) => Frames = frames;

    /// <summary>The frames, at least one.</summary>
    public IReadOnlyList<AnimationFrame> Frames { get; }

    /// <summary>How long the animation is.</summary>
    public TimeSpan Duration => Frames[^1].End;

    /// <summary>Plans an animation.</summary>
    /// <param name="snapshotCount">How many snapshots there are, at least 1.</param>
    /// <param name="options">Duration, frame rate and hold.</param>
    public static AnimationPlan Of(int snapshotCount, AnimationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotCount, 1);
        options.Validate();
        return options is { FrameRate: double rate, Duration: null }
            ? OfRate(snapshotCount, 1 / rate, options.Hold ?? AnimationOptions.DefaultHold)
            : OfDuration(snapshotCount, options);
    }

    /// <summary>How long each frame stays, in units of a format's clock; what rounding takes from one frame the next gets.</summary>
    /// <param name="unit">The unit, such as 10 ms for GIF.</param>
    /// <param name="leastUnits">The fewest that a frame stays.</param>
    public int[] Delays(TimeSpan unit, int leastUnits) =>
        [.. Frames.Select(frame => (int)Math.Max(leastUnits, Math.Round(frame.End / unit) - Math.Round(frame.Start / unit)))];

    private static AnimationPlan OfRate(int snapshotCount, double seconds, TimeSpan hold)
    {
        var frames = new AnimationFrame[snapshotCount];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = new(i, TimeSpan.FromSeconds(i * seconds), TimeSpan.FromSeconds((i + 1) * seconds));
        TimeSpan end = frames[^1].Start + hold;
        if (end > frames[^1].End)
            frames[^1] = frames[^1] with { End = end };
        return new AnimationPlan(frames);
    }

    private static AnimationPlan OfDuration(int snapshotCount, AnimationOptions options)
    {
        TimeSpan duration = options.Duration ?? AnimationOptions.DefaultDuration;
        if (snapshotCount == 1)
            return new AnimationPlan([new(0, TimeSpan.Zero, duration)]);
        TimeSpan hold = options.Hold ?? Shorter(AnimationOptions.DefaultHold, duration / 5);
        TimeSpan learning = duration - hold;
        double most = Math.Round(learning.TotalSeconds * (options.FrameRate ?? AnimationOptions.DefaultFrameRate));
        int steps = (int)Math.Clamp(most, 1, snapshotCount - 1);
        // Without a hold the last frame stays as long as the others.
        double shown = hold > TimeSpan.Zero ? steps : steps + 1;
        var frames = new AnimationFrame[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            int snapshot = (int)Math.Round((double)i * (snapshotCount - 1) / steps);
            frames[i] = new(snapshot, learning * (i / shown), i == steps ? duration : learning * ((i + 1) / shown));
        }
        return new AnimationPlan(frames);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
