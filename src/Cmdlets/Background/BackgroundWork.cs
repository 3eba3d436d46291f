using System.Collections.Concurrent;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>
/// Runs work on a thread of its own while the calling pipeline thread carries out what the work posts, because only
/// the pipeline thread may write to PowerShell's streams.
/// </summary>
internal static class BackgroundWork
{
    /// <summary>Runs work to its end, or until the pipeline is stopped.</summary>
    /// <param name="work">Gets a way to post an action to the pipeline thread, and a token that asks it to end.</param>
    /// <param name="stopping">Canceled when the pipeline is stopped.</param>
    /// <param name="grace">How long a stopped pipeline waits for the work to end before it leaves it to end by itself.</param>
    /// <param name="cleansUp">Whether work left behind must have its end before the process has, because it removes a file.</param>
    /// <returns>What the work returned; what it threw is thrown here.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public static TResult Run<TResult>(
        Func<Action<Action>, CancellationToken, TResult> work, CancellationToken stopping, TimeSpan grace, bool cleansUp = false)
    {
        var posts = new BlockingCollection<Action>();
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task<TResult> task = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work(posts.Add, ending.Token);
                }
                finally
                {
                    posts.CompleteAdding();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        // The work may outlive this call when it is stopped, so the token source must live as long as the work.
        _ = task.ContinueWith(_ => ending.Dispose(), TaskScheduler.Default);
        try
        {
            foreach (Action post in posts.GetConsumingEnumerable(stopping))
                post();
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LeaveBehind(task, grace, cleansUp);
            throw new PipelineStoppedException();
        }
        catch when (!task.IsCompleted)
        {
            // A post threw, as WriteVerbose does under -Verbose with a preference of Stop, or when the pipeline is stopped.
            CancelUnlessEnded(ending);
            LeaveBehind(task, grace, cleansUp);
            throw;
        }
    }

    private static void LeaveBehind(Task task, TimeSpan grace, bool cleansUp)
    {
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(grace) && cleansUp)
            WorkLeftBehind.Add(task);
    }

    private static void CancelUnlessEnded(CancellationTokenSource ending)
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended a moment ago, which is what was wanted.
        }
    }
}
