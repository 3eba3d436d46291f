using System.Management.Automation;
using System.Management.Automation.Host;
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

    /// <summary>Starts to show a run; null if another run of this process is shown already, because there is one screen.</summary>
    /// <param name="screen">Where to draw; used through posts only.</param>
    /// <param name="dataset">The picture that is learned.</param>
    /// <param name="provider">Who computes.</param>
    /// <param name="post">Runs an action on the pipeline thread.</param>
    /// <param name="clock">The clock to use.</param>
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
        // The first one includes the compilation of the code, so its time says nothing about the others.
        bool counts = _first is not null;
        _first ??= start;
        _last = start;
        // One whose weights are lost will be an error.
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

    /// <summary>Releases the screen for another run.</summary>
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

/// <summary>Draws picture after picture on the same place of a terminal. On the pipeline thread only.</summary>
/// <param name="host">The host; it takes its progress bar away while it writes, and puts it back below.</param>
internal sealed class LiveScreen(PSHost host)
{
    private TerminalCanvas? _drawn;

    /// <summary>The room that there was at the latest drawing, or is now.</summary>
    public TerminalCanvas Room { get; private set; } = TerminalWindow.Room(host);

    /// <summary>Draws a picture over the one before, or below everything where that is not on the screen as it was.</summary>
    /// <param name="picture">The picture as lines of characters.</param>
    /// <param name="canvas">The cells that it fills.</param>
    public void Draw(string picture, TerminalCanvas canvas)
    {
        TerminalCanvas room = TerminalWindow.Room(host);
        if (room != Room)
        {
            // The terminal may have broken the lines of what is there anew; the next picture will fit.
            (Room, _drawn) = (room, null);
            if (canvas.Columns > room.Columns || canvas.Rows > room.Rows)
                return;
        }
        string back = _drawn == canvas ? $"\r\e[{canvas.Rows}A" : "";
        // Whenever the command is stopped, the cursor is shown again: each writing both hides and shows it. In between, terminals that
        // know mode 2026 show nothing half drawn.
        host.UI.Write($"\e[?2026h\e[?25l{back}{picture}\n\e[?25h\e[?2026l");
        _drawn = canvas;
    }

    /// <summary>A command's screen, or null after a warning where there is none.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isAlone">Whether nothing else is written between the pictures.</param>
    public static LiveScreen? TryOpen(StoppableCommand command, bool isAlone)
    {
        string? obstacle = !isAlone
            ? "a job, several runs at once and verbose text leave no place for it"
            : !TerminalCapabilities.Of(command).IsTerminal || command.Host.UI is null
                ? "the output goes to no terminal, or NO_COLOR or $PSStyle.OutputRendering keeps colours from it"
                : null;
        if (obstacle is null)
            return new LiveScreen(command.Host);
        command.WriteWarning($"-Live shows no picture: {obstacle}. The training continues without it.");
        return null;
    }

    /// <summary>Begins to show a run; null after a warning where another run of this process shows itself already.</summary>
    /// <param name="dataset">The picture that is learned.</param>
    /// <param name="provider">Who computes.</param>
    /// <param name="post">Posts what is to be drawn or written to the pipeline thread.</param>
    /// <param name="output">Takes the warning.</param>
    public LivePicture? TryShow(PixelDataset dataset, ComputeProvider provider, Action<Action> post, ITrainingOutput output)
    {
        var picture = LivePicture.TryBegin(this, dataset, provider, post, TimeProvider.System);
        if (picture is null)
            post(() => output.WriteWarning(
                $"-Live shows no picture of '{dataset.Name}': another run uses the screen. The training continues without it."));
        return picture;
    }
}
