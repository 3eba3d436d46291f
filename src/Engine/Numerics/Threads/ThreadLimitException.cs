using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Numerics;

/// <summary>The operating system starts no more threads for this process or user.</summary>
/// <param name="wanted">The threads that were asked for.</param>
/// <param name="started">The threads that could be had.</param>
/// <param name="cause">What the runtime says.</param>
internal sealed class ThreadLimitException(int wanted, int started, Exception cause) : Exception(
    $"Only {started} of {Counted.Text(wanted, "thread")} could be started: the system's limit for this user, process or container is reached. " +
    $"Use fewer threads, or raise the limit (ulimit -u, or the container's limit of processes).", cause);
