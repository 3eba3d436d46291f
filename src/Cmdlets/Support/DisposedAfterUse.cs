namespace MonaLisa.PowerShell;

/// <summary>
/// Something that is released after its last use, where work that a stopped pipeline left behind may still use it: a pool's threads must
/// not end under the work that awaits them.
/// </summary>
/// <param name="value">What is used.</param>
internal sealed class DisposedAfterUse<T>(T value) : IDisposable where T : IDisposable
{
    private readonly Lock _gate = new();
    private int _uses;
    private bool _isDisposed;

    /// <summary>Uses it.</summary>
    /// <exception cref="ObjectDisposedException">It was released before.</exception>
    public TResult Use<TResult>(Func<T, TResult> use)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _uses++;
        }
        try
        {
            return use(value);
        }
        finally
        {
            Leave(isDisposed: false);
        }
    }

    /// <summary>Releases it now, or when its last use ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _uses++;
        }
        Leave(isDisposed: true);
    }

    private void Leave(bool isDisposed)
    {
        bool isLast;
        lock (_gate)
        {
            _isDisposed |= isDisposed;
            isLast = --_uses == 0 && _isDisposed;
        }
        if (isLast)
            value.Dispose();
    }
}
