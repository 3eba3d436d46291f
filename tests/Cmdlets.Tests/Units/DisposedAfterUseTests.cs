using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class DisposedAfterUseTests
{
    [Fact]
    public void What_is_in_use_is_released_when_the_last_use_ends()
    {
        var value = new Released();
        var shared = new DisposedAfterUse<Released>(value);
        Assert.Equal((0, 0), shared.Use(_ => (shared.Use(_ =>
        {
            shared.Dispose();
            return value.Count;
        }), value.Count)));
        Assert.Equal(1, value.Count);
        shared.Dispose();
        Assert.Equal(1, value.Count);
    }

    [Fact]
    public void What_is_not_in_use_is_released_at_once()
    {
        var value = new Released();
        var shared = new DisposedAfterUse<Released>(value);
        Assert.Equal(0, shared.Use(used => used.Count));
        Assert.Equal(0, value.Count);
        shared.Dispose();
        Assert.Equal(1, value.Count);
        Assert.Throws<ObjectDisposedException>(() => shared.Use(used => used.Count));
    }

    [Fact]
    public void A_use_that_fails_has_ended()
    {
        var value = new Released();
        var shared = new DisposedAfterUse<Released>(value);
        Assert.Throws<InvalidDataException>(() => shared.Use<int>(_ =>
        {
            shared.Dispose();
            throw new InvalidDataException();
        }));
        Assert.Equal(1, value.Count);
    }

    private sealed class Released : IDisposable
    {
        public int Count { get; private set; }

        public void Dispose() => Count++;
    }
}
