using System.Management.Automation;
using System.Reflection;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class BackgroundWorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Fact]
    public void Posts_run_on_the_caller_in_order_and_before_the_result()
    {
        int caller = Environment.CurrentManagedThreadId;
        var posts = new List<(int Number, int Thread)>();
        int worker = BackgroundWork.Run((post, _) =>
        {
            for (int i = 0; i < 100; i++)
            {
                int number = i;
                post(() => posts.Add((number, Environment.CurrentManagedThreadId)));
            }
            return Environment.CurrentManagedThreadId;
        }, Patience, cleansUp: false, CancellationToken.None);
        Assert.NotEqual(caller, worker);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (number, caller)), posts);
    }

    [Fact]
    public void What_the_work_throws_is_thrown_as_it_is() => Assert.Throws<InvalidDataException>(
        () => BackgroundWork.Run<int>((_, _) => throw new InvalidDataException(), Patience, cleansUp: false, CancellationToken.None));

    [Fact]
    public void A_stopped_pipeline_cancels_the_work_and_waits_for_its_end()
    {
        using var stopping = new CancellationTokenSource();
        bool ended = false;
        Assert.Throws<PipelineStoppedException>(() => BackgroundWork.Run((post, token) =>
        {
            post(stopping.Cancel);
            token.WaitHandle.WaitOne();
            ended = true;
            return 0;
        }, Patience, cleansUp: false, stopping.Token));
        Assert.True(ended);
    }

    [Fact]
    public void Work_that_does_not_end_is_left_behind()
    {
        using var stopping = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        Assert.Throws<PipelineStoppedException>(() => BackgroundWork.Run((post, _) =>
        {
            post(stopping.Cancel);
            release.Wait(CancellationToken.None);
            return 0;
        }, TimeSpan.Zero, cleansUp: false, stopping.Token));
        release.Set();
    }

    [Fact]
    public void Nothing_of_ended_work_is_kept_by_the_pipeline_s_token()
    {
        // A command has one token for all its objects, and may work on thousands.
        FieldInfo? registrations = typeof(CancellationTokenSource).GetField("_registrations", BindingFlags.NonPublic | BindingFlags.Instance);
        FieldInfo? first = registrations?.FieldType.GetField("Callbacks", BindingFlags.Public | BindingFlags.Instance);
        Assert.SkipWhen(first is null, "This runtime keeps them elsewhere.");
        using var stopping = new CancellationTokenSource();
        object? kept = null;
        BackgroundWork.Run((post, _) =>
        {
            post(() => kept = first.GetValue(registrations!.GetValue(stopping)));
            return 0;
        }, Patience, cleansUp: false, stopping.Token);
        Assert.NotNull(kept);
        Assert.Null(first.GetValue(registrations!.GetValue(stopping)));
    }

    [Fact]
    public void A_post_that_throws_cancels_the_work()
    {
        bool ended = false;
        Assert.Throws<InvalidDataException>(() => BackgroundWork.Run((post, token) =>
        {
            post(() => throw new InvalidDataException());
            token.WaitHandle.WaitOne();
            ended = true;
            return 0;
        }, Patience, cleansUp: false, CancellationToken.None));
        Assert.True(ended);
    }

    [Fact]
    public void Several_at_once_end_in_any_order_and_are_told_on_the_caller()
    {
        var background = new BackgroundWork(Patience, CancellationToken.None);
        using var first = new ManualResetEventSlim();
        var told = new List<(int Work, int Thread)>();
        Task<int> waiting = background.Start((_, _) => { first.Wait(TestContext.Current.CancellationToken); return 1; }, Tell);
        Task<int> quick = background.Start((_, _) => 2, Tell);
        background.Await(1);
        Assert.Equal([(2, Environment.CurrentManagedThreadId)], told);
        Assert.False(waiting.IsCompleted);
        first.Set();
        background.Await(0);
        Assert.Equal([(2, Environment.CurrentManagedThreadId), (1, Environment.CurrentManagedThreadId)], told);

        void Tell(Task<int> ended) => told.Add((ended.Result, Environment.CurrentManagedThreadId));
    }

    [Fact]
    public void What_is_told_may_throw_and_cancels_the_others()
    {
        var background = new BackgroundWork(Patience, CancellationToken.None);
        Task<bool> other = background.Start((_, token) => token.WaitHandle.WaitOne(), _ => { });
        background.Start<int>((_, _) => throw new InvalidDataException(), ended => ended.GetAwaiter().GetResult());
        Assert.Throws<InvalidDataException>(() => background.Await(0));
        Assert.True(other.IsCompletedSuccessfully);
    }
}
