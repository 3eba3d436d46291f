using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace MonaLisa.PowerShell;

/// <summary>
/// The end of the process by SIGTERM (docker stop, systemd, a shutdown) or SIGHUP (a closed terminal) during work: the work is stopped
/// as by Ctrl+C, so that it keeps its checkpoint and removes its temporary files, and the exit code is 143 or 129. Without this the
/// runtime ends the process at once. While nothing runs, signals are left alone.
/// </summary>
internal static class Termination
{
    // The two latter together: containers are killed ten seconds after the signal.
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorkPatience = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan ScriptPatience = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private static readonly Lock Gate = new();
    private static readonly Dictionary<Task, (Action Stop, Runspace? Runspace)> UnderWay = [];
    private static PosixSignalRegistration[] s_registrations = [];
    private static int s_exitCode;

    /// <summary>Makes the end of the process wait for the end of work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stop">Asks it, and the pipeline that awaits it, to end; may be called after their end.</param>
    public static void Guard(Task work, Action stop)
    {
        bool isEnding;
        lock (Gate)
        {
            if (UnderWay.Count == 0 && s_registrations.Length == 0)
                s_registrations = [Register(PosixSignal.SIGTERM, 143), Register(PosixSignal.SIGHUP, 129)];
            UnderWay.Add(work, (stop, Runspace.DefaultRunspace));
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
        (Action Stop, Runspace? Runspace)[] owners;
        lock (Gate)
        {
            if (s_exitCode != 0)
                return;
            s_exitCode = exitCode;
            works = [.. UnderWay.Keys];
            owners = [.. UnderWay.Values];
        }
        var time = Stopwatch.StartNew();

        // A host that runs a script ends when its pipeline is stopped, and has its own exit code.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Await(works, WorkPatience);
            Environment.ExitCode = exitCode;
        };
        foreach ((Action stop, _) in owners)
            stop();
        Await(works, WorkPatience);
        // A script may still clean up, which takes longer on a busy machine. A host with a prompt waits for its user.
        Thread.Sleep(HostPatience);
        while (time.Elapsed < ScriptPatience && Array.Exists(owners, owner => owner.Runspace?.RunspaceAvailability == RunspaceAvailability.Busy))
            Thread.Sleep(PollInterval);
        Environment.Exit(exitCode);
    }

    /// <summary>Awaits the end of work, however it ends.</summary>
    public static void Await(Task[] works, TimeSpan patience)
    {
        try
        {
            Task.WaitAll(works, patience);
        }
        catch (AggregateException)
        {
            // It was canceled, as it should be.
        }
    }
}

/// <summary>
/// Work of stopped pipelines that still has a file to remove. Ctrl+C does not wait for it, but the end of the process does,
/// for a moment.
/// </summary>
internal static class WorkLeftBehind
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentDictionary<Task, bool> Tasks = new();

    static WorkLeftBehind() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Termination.Await([.. Tasks.Keys], Patience);

    public static void Add(Task task)
    {
        Tasks.TryAdd(task, true);
        _ = task.ContinueWith(ended => Tasks.TryRemove(ended, out _), TaskScheduler.Default);
    }
}
