namespace MonaLisa.Shell.Hosting;

/// <summary>How a pipeline ended.</summary>
internal sealed record RunOutcome(bool Failed, bool WasStopped)
{
    public static RunOutcome Completed { get; } = new(Failed: false, WasStopped: false);

    public static RunOutcome Error { get; } = new(Failed: true, WasStopped: false);

    public static RunOutcome Stopped { get; } = new(Failed: true, WasStopped: true);
}
