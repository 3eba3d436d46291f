using System.Collections.Concurrent;

namespace MonaLisa.PowerShell;

/// <summary>
/// Work of stopped pipelines that still has a file to remove. Ctrl+C does not wait for it, but the end of the process does,
/// for a moment.
/// </summary>
internal static class WorkLeftBehind
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentDictionary<Task, bool> Tasks = new();

    static WorkLeftBehind() => AppDomain.CurrentDomain.ProcessExit += (_, _) => AwaitEnd();

    public static void Add(Task task)
    {
        Tasks.TryAdd(task, true);
        _ = task.ContinueWith(ended => Tasks.TryRemove(ended, out _), TaskScheduler.Default);
    }

    private static void AwaitEnd()
    {
        try
        {
            Task.WaitAll([.. Tasks.Keys], Patience);
        }
        catch (AggregateException)
        {
            // It was canceled, as it should be.
        }
    }
}
