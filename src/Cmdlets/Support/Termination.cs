using System.Runtime.InteropServices;

namespace MonaLisa.PowerShell;

/// <summary>
/// The end of the process by SIGTERM (docker stop, systemd, a shutdown) or SIGHUP (a closed terminal) while work is under way: the work is
/// stopped as by Ctrl+C, so that it keeps its checkpoint and removes its temporary files, and the exit code is 143 or 129. Without this
/// the runtime ends the process at once. While no work is under way, signals are left alone.
/// </summary>
internal static class Termination
{
    // Both together: containers are killed ten seconds after the signal.
    private static readonly TimeSpan WorkPatience = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(2);

    private static readonly Lock Gate = new();
    private static readonly Dictionary<Task, Action> UnderWay = [];
    private static PosixSignalRegistration[] s_registrations = [];
    private static int s_exitCode;

    /// <summary>Sees to it that work has its end before the process has.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stop">Asks it, and the pipeline that awaits it, to end; may be called when both have.</param>
    public static void Guard(Task work, Action stop)
    {
        bool isEnding;
        lock (Gate)
        {
            if (UnderWay.Count == 0 && s_registrations.Length == 0)
                s_registrations = [Register(PosixSignal.SIGTERM, 143), Register(PosixSignal.SIGHUP, 129)];
            UnderWay.Add(work, stop);
            isEnding = s_exitCode != 0;
        }
        if (isEnding)
            stop();
        _ = work.ContinueWith(Release, TaskScheduler.Default);
    }

    private static void Release(Task work)
    {
        PosixSignalRegistration[] unneeded = [];
        lock (Gate)
        {
            UnderWay.Remove(work);
            if (UnderWay.Count == 0 && s_exitCode == 0)
                (unneeded, s_registrations) = (s_registrations, []);
        }
        foreach (PosixSignalRegistration registration in unneeded)
            registration.Dispose();
    }

    private static PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        End(exitCode);
    });

    private static void End(int exitCode)
    {
        Task[] works;
        Action[] stops;
        lock (Gate)
        {
            if (s_exitCode != 0)
                return;
            s_exitCode = exitCode;
            works = [.. UnderWay.Keys];
            stops = [.. UnderWay.Values];
        }

        // A host that runs a script ends by itself when its pipeline is stopped, and has an exit code of its own.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Await(works);
            Environment.ExitCode = exitCode;
        };
        foreach (Action stop in stops)
            stop();
        Await(works);
        // A host with a prompt goes on.
        Thread.Sleep(HostPatience);
        Environment.Exit(exitCode);
    }

    private static void Await(Task[] works)
    {
        try
        {
            Task.WaitAll(works, WorkPatience);
        }
        catch (AggregateException)
        {
            // It was canceled, as it should be.
        }
    }
}
