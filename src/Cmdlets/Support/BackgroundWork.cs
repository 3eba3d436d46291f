using System.Collections.Concurrent;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>
/// Runs work on its own threads, several at once if requested, while the calling pipeline thread carries out what the work posts,
/// because only the pipeline thread may write to PowerShell's streams.
/// </summary>
/// <param name="grace">How long a stopped pipeline waits for work to end before it leaves it behind.</param>
/// <param name="stopping">Canceled when the pipeline is stopped. The end of the process by a signal stops the work too.</param>
#pragma warning disable CA1001 // Its token source has no timer, so it holds nothing that must be released.
internal sealed class BackgroundWork(TimeSpan grace, CancellationToken stopping)
#pragma warning restore CA1001
{
    private readonly BlockingCollection<Action> _posts = [];
    private readonly List<UnderWay> _underWay = [];

    // It is not linked to the pipeline's token, which would keep it until the pipeline ends.
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Runs one piece of work to its end, or until the pipeline is stopped.</summary>
    /// <param name="work">Gets a way to post an action to the pipeline thread, and a token that asks it to end.</param>
    /// <param name="grace">As for the class.</param>
    /// <param name="cleansUp">Whether work left behind must have its end before the process has, because it removes a file.</param>
    /// <param name="stopping">Canceled when the pipeline is stopped.</param>
    /// <returns>What the work returned; what it threw is thrown here.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public static TResult Run<TResult>(
        Func<Action<Action>, CancellationToken, TResult> work, TimeSpan grace, bool cleansUp, CancellationToken stopping)
    {
        var background = new BackgroundWork(grace, stopping);
        Task<TResult> task = background.Start(work, _ => { }, cleansUp);
        background.Await(0);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Begins a piece of work.</summary>
    /// <param name="work">As for <see cref="Run"/>.</param>
    /// <param name="ended">Called on the thread that awaits, after everything that the work posted.</param>
    /// <param name="cleansUp">As for <see cref="Run"/>.</param>
    public Task<TResult> Start<TResult>(
        Func<Action<Action>, CancellationToken, TResult> work, Action<Task<TResult>> ended, bool cleansUp = false)
    {
        // The work may outlive the pipeline when it is stopped, so the token source must live as long as the work.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _abandoned.Token);
        var task = new Task<TResult>(() => work(_posts.Add, ending.Token), TaskCreationOptions.LongRunning);
        Termination.Guard(task, _abandoned.Cancel);
        task.Start(TaskScheduler.Default);
        var underWay = new UnderWay(task, ending, cleansUp);
        _underWay.Add(underWay);
        _ = task.ContinueWith(
            _ =>
            {
                ending.Dispose();
                _posts.Add(() =>
                {
                    _underWay.Remove(underWay);
                    ended(task);
                });
            },
            TaskScheduler.Default);
        return task;
    }

    /// <summary>Carries out what is posted until few pieces of work are left under way.</summary>
    /// <param name="count">How few.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Await(int count)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _abandoned.Token);
        try
        {
            while (_underWay.Count > count)
                _posts.Take(ending.Token)();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            LeaveBehind();
            throw new PipelineStoppedException();
        }
        catch
        {
            // A post threw, as WriteVerbose does with -Verbose and a preference of Stop, or when the pipeline is stopped.
            foreach (UnderWay work in _underWay)
                work.Cancel();
            LeaveBehind();
            throw;
        }
    }

    /// <summary>Asks everything under way to end, when nobody will await it.</summary>
    public void Abandon()
    {
        _abandoned.Cancel();
        LeaveBehind();
    }

    private void LeaveBehind()
    {
        Task[] tasks = [.. _underWay.Select(work => work.Task)];
        // Neither waits for longer than the grace nor throws what the work threw.
        _ = ((IAsyncResult)Task.WhenAll(tasks)).AsyncWaitHandle.WaitOne(grace);
        foreach (UnderWay work in _underWay.Where(work => work.CleansUp && !work.Task.IsCompleted))
            WorkLeftBehind.Add(work.Task);
    }

    private sealed record UnderWay(Task Task, CancellationTokenSource Ending, bool CleansUp)
    {
        public void Cancel()
        {
            try
            {
                Ending.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The work ended a moment ago, as it should.
            }
        }
    }
}
