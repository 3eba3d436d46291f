namespace MonaLisa.Engine.Tests;

public class AnimationPlanTests
{
    private static readonly AnimationOptions Options = new() { Width = 8, Height = 6 };

    [Fact]
    public void An_animation_is_five_seconds_of_which_the_last_frame_has_one()
    {
        var plan = AnimationPlan.Of(1001, Options);
        Assert.Equal(TimeSpan.FromSeconds(5), plan.Duration);
        Assert.Equal(121, plan.Frames.Count);
        Assert.Equal((0, 1000), (plan.Frames[0].Snapshot, plan.Frames[^1].Snapshot));
        Assert.Equal(TimeSpan.FromSeconds(1), plan.Frames[^1].End - plan.Frames[^1].Start);
        Assert.All(plan.Frames.Zip(plan.Frames.Skip(1)), pair =>
        {
            Assert.Equal(pair.First.End, pair.Second.Start);
            Assert.InRange(pair.Second.Snapshot - pair.First.Snapshot, 8, 9);
        });
    }

    [Fact]
    public void Few_snapshots_are_each_shown_once()
    {
        var plan = AnimationPlan.Of(5, Options with { Duration = TimeSpan.FromSeconds(3), Hold = TimeSpan.Zero });
        Assert.Equal([0, 1, 2, 3, 4], plan.Frames.Select(frame => frame.Snapshot));
        Assert.All(plan.Frames, frame => Assert.Equal(0.6, (frame.End - frame.Start).TotalSeconds, 6));
    }

    [Fact]
    public void A_frame_rate_alone_shows_every_snapshot()
    {
        var plan = AnimationPlan.Of(40, Options with { FrameRate = 20 });
        Assert.Equal(40, plan.Frames.Count);
        Assert.Equal(TimeSpan.FromSeconds(39.0 / 20 + 1), plan.Duration);
        Assert.Equal(2, AnimationPlan.Of(40, Options with { FrameRate = 20, Hold = TimeSpan.Zero }).Duration.TotalSeconds, 6);
    }

    [Fact]
    public void With_both_an_animation_has_no_more_frames_than_the_rate_allows()
    {
        var plan = AnimationPlan.Of(
            1000, Options with { Duration = TimeSpan.FromSeconds(3), Hold = TimeSpan.FromSeconds(1), FrameRate = 10 });
        Assert.Equal(21, plan.Frames.Count);
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Duration);
    }

    [Fact]
    public void One_snapshot_is_a_still()
    {
        AnimationFrame frame = Assert.Single(AnimationPlan.Of(1, Options).Frames);
        Assert.Equal((0, TimeSpan.FromSeconds(5)), (frame.Snapshot, frame.End));
        Assert.Single(AnimationPlan.Of(1, Options with { FrameRate = 10 }).Frames);
    }

    [Fact]
    public void Delays_are_whole_and_lose_nothing()
    {
        int[] delays = AnimationPlan.Of(1001, Options with { FrameRate = 30, Duration = TimeSpan.FromSeconds(5) })
            .Delays(TimeSpan.FromMilliseconds(10), leastUnits: 2);
        Assert.Equal(500, delays.Sum());
        Assert.All(delays[..^1], delay => Assert.InRange(delay, 3, 4));
    }

    [Fact]
    public void Values_out_of_their_range_are_errors()
    {
        AnimationOptions[] wrong =
        [
            Options with { Width = 0 }, Options with { FrameRate = 0 }, Options with { FrameRate = 51 },
            Options with { FrameRate = double.NaN }, Options with { FrameRate = 1e-6 }, Options with { FrameRate = double.Epsilon },
            Options with { Duration = TimeSpan.Zero }, Options with { Duration = TimeSpan.FromHours(2) },
            Options with { Hold = TimeSpan.FromSeconds(-1) },
            Options with { Duration = TimeSpan.FromSeconds(1), Hold = TimeSpan.FromSeconds(1) },
            Options with { Quality = 0 }, Options with { Loop = -1 },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentException>(options.Validate));
        Options.Validate();
    }
}
