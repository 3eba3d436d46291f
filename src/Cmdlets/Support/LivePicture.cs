using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// Shows what a network paints while it learns, a few times a second and the more rarely the more it costs: after the first picture,
/// looking and drawing take two percent of the time at most.
/// </summary>
internal sealed class LivePicture : ITrainingWatcher, IDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The share of the time that pictures may take.</summary>
    private const double MostOfTime = 0.02;

    // Drawn over each other, pictures of the graphics protocols would pile up in the terminal's memory.
    private const TerminalProtocol Protocol = TerminalProtocol.Blocks;

    /// <summary>Samples along each side of a pixel: few on the way, for the workers wait; more for the picture that stays.</summary>
    private const int SamplesAcross = 2, LastSamplesAcross = 4;

    private static int s_screensInUse;

    private readonly LiveScreen _screen;
    private readonly PixelDataset _dataset;
    private readonly ComputeProvider _provider;
    private readonly Action<Action> _post;
    private readonly TimeProvider _clock;
    private long? _first;
    private long _last;
    private long _costTicks;
    private volatile bool _isDrawing;

    private LivePicture(LiveScreen screen, PixelDataset dataset, ComputeProvider provider, Action<Action> post, TimeProvider clock) =>
        (_screen, _dataset, _provider, _post, _clock) = (screen, dataset, provider, post, clock);

    /// <summary>Begins to show a run; null where another run of this process shows itself already, for there is one screen.</summary>
    /// <param name="screen">Where to draw; used through posts only.</param>
    /// <param name="dataset">The picture that is learned.</param>
    /// <param name="provider">Who computes.</param>
    /// <param name="post">Runs an action on the pipeline thread.</param>
    /// <param name="clock">The clock to go by.</param>
    public static LivePicture? TryBegin(
        LiveScreen screen, PixelDataset dataset, ComputeProvider provider, Action<Action> post, TimeProvider clock)
    {
        if (Interlocked.CompareExchange(ref s_screensInUse, 1, 0) != 0)
            return null;
        return new LivePicture(screen, dataset, provider, post, clock);
    }

    /// <inheritdoc/>
    public bool IsDue(TrainingState state)
    {
        if (state.EndsRun)
            return true;
        if (_isDrawing)
            return false;
        if (_first is not long first)
            return true;
        TimeSpan cost = TimeSpan.FromTicks(Interlocked.Read(ref _costTicks));
        return _clock.GetElapsedTime(_last) >= ShortestInterval && cost <= _clock.GetElapsedTime(first) * MostOfTime;
    }

    /// <inheritdoc/>
    public void Look(Mlp network, TrainingState state)
    {
        long start = _clock.GetTimestamp();
        // The first is made by code that the runtime has yet to compile, which says nothing of the others.
        bool counts = _first is not null;
        _first ??= start;
        _last = start;
        // One whose weights are lost will be told of as an error.
        if (!network.IsFinite)
            return;
        TerminalCanvas canvas = TerminalCanvas.Fit(_dataset.Width, _dataset.Height, _screen.Room);
        var view = new TerminalView(Protocol, canvas);
        var pixels = new TerminalPixels(view.Width, view.Height);
        // A second thread takes longer to start than so few pixels to paint.
        using (var renderer = new ImageRenderer(network, _provider, threadCount: 1))
        {
            int samplesAcross = state.EndsRun ? LastSamplesAcross : SamplesAcross;
            float[] painted = view.Paint(
                renderer, (_dataset.Width, _dataset.Height), null, CancellationToken.None, samplesAcross);
            pixels.Lay(painted, view.Width, renderer.Channels);
        }
        if (counts)
            AddCost(start);
        _isDrawing = true;
        _post(() => Draw(pixels, canvas, counts));
    }

    /// <summary>Lets another run have the screen.</summary>
    public void Dispose() => Volatile.Write(ref s_screensInUse, 0);

    private void Draw(TerminalPixels pixels, TerminalCanvas canvas, bool counts)
    {
        long start = _clock.GetTimestamp();
        try
        {
            _screen.Draw(TerminalPicture.Encode(pixels, Protocol, canvas), canvas);
        }
        finally
        {
            if (counts)
                AddCost(start);
            _isDrawing = false;
        }
    }

    private void AddCost(long start) => Interlocked.Add(ref _costTicks, _clock.GetElapsedTime(start).Ticks);
}
