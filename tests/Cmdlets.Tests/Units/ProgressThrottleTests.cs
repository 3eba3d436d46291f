using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ProgressThrottleTests
{
    [Fact]
    public void It_lets_five_reports_a_second_pass()
    {
        var clock = new ManualClock();
        var throttle = new ProgressThrottle(ProgressThrottle.DefaultInterval, clock);
        int passed = 0;
        for (int millisecond = 0; millisecond < 10_000; millisecond++)
        {
            if (throttle.TryPass())
                passed++;
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.Equal(50, passed);
    }

    [Fact]
    public void The_first_report_passes_at_once_and_a_second_does_not()
    {
        var throttle = new ProgressThrottle(TimeSpan.FromSeconds(1), new ManualClock());
        Assert.True(throttle.TryPass());
        Assert.False(throttle.TryPass());
    }
}
