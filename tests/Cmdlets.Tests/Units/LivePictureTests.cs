using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class LivePictureTests : IDisposable
{
    private static readonly Mlp Network = new(new MlpDesign { HiddenLayers = [4] });
    private static readonly PixelDataset Dataset = new("square", 10, 10, new byte[300]);

    private readonly AnsweringHost _host = new("");
    private readonly ManualClock _clock = new();
    private readonly Queue<Action> _posts = [];
    private readonly LivePicture _picture;

    public LivePictureTests() => _picture = Begin() ?? throw new InvalidOperationException("Another run has the screen.");

    public void Dispose() => _picture.Dispose();

    [Fact]
    public void Pictures_are_drawn_over_each_other()
    {
        Look();
        Advance(10_000);
        Look();
        Assert.Equal(2, _host.Written.Count);
        // 80 x 24 are assumed: 22 rows for the picture.
        Assert.DoesNotContain("\e[22A", _host.Written[0], StringComparison.Ordinal);
        Assert.StartsWith("\e[?2026h\e[?25l\r\e[22A", _host.Written[1], StringComparison.Ordinal);
        Assert.All(_host.Written, text =>
        {
            Assert.EndsWith("\n\e[?25h\e[?2026l", text, StringComparison.Ordinal);
            Assert.Equal(22, text.Count(character => character == '\n'));
            Assert.Equal(44 * 22, text.Count(character => character == '\u2580'));
        });
    }

    [Fact]
    public void There_are_at_most_four_a_second()
    {
        int looks = 0;
        for (int millisecond = 0; millisecond < 10_000; millisecond++)
        {
            if (_picture.IsDue(State()))
            {
                looks++;
                Look();
            }
            Advance(1);
        }
        Assert.Equal(40, looks);
    }

    [Fact]
    public void What_costs_more_comes_more_rarely()
    {
        Look();
        int looks = 0;
        for (int millisecond = 0; millisecond < 60_000; millisecond++)
        {
            if (_picture.IsDue(State()))
            {
                looks++;
                Look(milliseconds: 40);
            }
            Advance(1);
        }
        // 2 % of a minute are 1.2 s, thirty times 40 ms.
        Assert.InRange(looks, 29, 32);
    }

    [Fact]
    public void One_that_is_not_drawn_yet_is_waited_for()
    {
        _picture.Look(Network, State());
        Advance(60_000);
        Assert.False(_picture.IsDue(State()));
        Assert.True(_picture.IsDue(State() with { EndsRun = true }));
        _posts.Dequeue()();
        Assert.True(_picture.IsDue(State()));
    }

    [Fact]
    public void A_network_whose_weights_are_lost_is_not_drawn()
    {
        Mlp lost = Network.Clone();
        lost.Layers[0].Biases[0] = float.PositiveInfinity;
        _picture.Look(lost, State());
        Assert.Empty(_posts);
    }

    [Fact]
    public void Only_one_run_has_the_screen()
    {
        Assert.Null(Begin());
        _picture.Dispose();
        using LivePicture? next = Begin();
        Assert.NotNull(next);
    }

    private static TrainingState State() => new(1, 1, TimeSpan.Zero, null, EndsEpoch: false, EndsRun: false);

    private LivePicture? Begin() => LivePicture.TryBegin(new LiveScreen(_host), Dataset, ComputeProvider.Auto, _posts.Enqueue, _clock);

    private void Advance(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private void Look(int milliseconds = 0)
    {
        _picture.Look(Network, State());
        Action draw = _posts.Dequeue();
        _host.WhenWritten = () => Advance(milliseconds);
        draw();
        _host.WhenWritten = null;
    }
}
