namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Runs callbacks of libvips. An exception must not cross the native frames around a callback: it is kept, and libvips gets a failure.
/// </summary>
internal sealed class CallbackGuard
{
    /// <summary>The first exception, or null.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The result of an action; -1, a failure to libvips, where it throws.</summary>
    public long Try(Func<long> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception)
        {
            Error ??= exception;
            return -1;
        }
    }
}
