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

    /// <summary>Why pictures cannot be redrawn there, or null where they can.</summary>
    public static string? Obstacle(PSCmdlet command, TerminalSurroundings surroundings, bool isVerbose) =>
        !surroundings.IsTerminal || command.Host.UI is null
            ? "the output goes to no terminal, or $PSStyle.OutputRendering or NO_COLOR keeps escape sequences from it"
        : isVerbose ? "it would overwrite the verbose text"
        : null;
}
