using System.Management.Automation;
using System.Management.Automation.Host;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

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
    public static LiveScreen? TryOpen(PSCmdlet command, bool isAlone)
    {
        string? obstacle = !isAlone
            ? "a job, several runs at once and verbose text leave no place for one"
            : !TerminalSurroundings.Of(command).IsTerminal || command.Host.UI is null
                ? "the output goes to no terminal, or NO_COLOR or $PSStyle.OutputRendering keeps colours from it"
                : null;
        if (obstacle is null)
            return new LiveScreen(command.Host);
        command.WriteWarning($"-Live shows no picture: {obstacle}. The training goes on without.");
        return null;
    }

    /// <summary>Begins to show a run; null after a warning where another run of this process shows itself already.</summary>
    /// <param name="dataset">The picture that is learned.</param>
    /// <param name="provider">Who computes.</param>
    /// <param name="post">Posts what is to be drawn or told to the pipeline thread.</param>
    /// <param name="output">Takes the warning.</param>
    public LivePicture? TryShow(PixelDataset dataset, ComputeProvider provider, Action<Action> post, ITrainingOutput output)
    {
        var picture = LivePicture.TryBegin(this, dataset, provider, post, TimeProvider.System);
        if (picture is null)
            post(() => output.WriteWarning(
                $"-Live shows no picture of '{dataset.Name}': another run has the screen. The training goes on without."));
        return picture;
    }
}
