using System.Runtime.InteropServices;

namespace MonaLisa.Shell.Hosting;

/// <summary>
/// Ctrl+C, SIGTERM and SIGHUP stop the running pipeline, so that its clean-up runs; where that is refused, or takes too long
/// after a request to terminate, the process ends at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan GraceAfterTermination = TimeSpan.FromSeconds(8);

    private readonly PosixSignalRegistration[] _registrations;
    private readonly Func<int, bool> _stop;
    private readonly Action _leaveTerminalTidy;

    /// <param name="stop">
    /// Given the exit code for the signal, stops what runs; false when there is nothing that could end by itself.
    /// </param>
    /// <param name="leaveTerminalTidy">Called before the process ends at once.</param>
    public Interruption(Func<int, bool> stop, Action leaveTerminalTidy)
    {
        _stop = stop;
        _leaveTerminalTidy = leaveTerminalTidy;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Terminate(context, ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Terminate(context, ExitCode.HungUp)),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_stop(ExitCode.Interrupted))
            Leave(ExitCode.Interrupted);
    }

    private void Terminate(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (!_stop(exitCode))
            Leave(exitCode);
        var watch = new Thread(() =>
        {
            Thread.Sleep(GraceAfterTermination);
            Leave(exitCode);
        }) { IsBackground = true };
        watch.Start();
    }

    private void Leave(int exitCode)
    {
        _leaveTerminalTidy();
        Environment.Exit(exitCode);
    }
}
