using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>How much room a terminal's window has.</summary>
internal static class TerminalWindow
{
    private const int UsualColumns = 80, UsualRows = 24;

    /// <summary>The prompt and the line before it; a progress bar.</summary>
    private const int RowsForOthers = 2;

    static TerminalWindow() => SystemLibrary.AnswerRequestsOf(typeof(TerminalWindow).Assembly);

    /// <summary>
    /// The room for a picture: all columns but the last, in which some terminals begin a new line; some rows are left to others.
    /// </summary>
    /// <param name="host">The host whose window it is; if it has no size, 80 x 24 characters are assumed.</param>
    public static TerminalCanvas Room(PSHost host)
    {
        (int columns, int rows) = SizeOf(host);
        (int cellWidth, int cellHeight) = Cell();
        return new TerminalCanvas(
            Math.Clamp(columns - 1, 1, TerminalCanvas.MaxCells), Math.Clamp(rows - RowsForOthers, 1, TerminalCanvas.MaxCells),
            cellWidth, cellHeight);
    }

    private static (int Columns, int Rows) SizeOf(PSHost host)
    {
        try
        {
            if (host.UI?.RawUI?.WindowSize is { Width: > 0, Height: > 0 } size)
                return (size.Width, size.Height);
        }
        // Hosts without a window say so in many ways.
        catch (Exception exception) when (exception is HostException or NotImplementedException or NotSupportedException or
            InvalidOperationException or IOException or PlatformNotSupportedException)
        {
        }
        return (UsualColumns, UsualRows);
    }

    // Linux keeps a window's pixels beside its characters, if the terminal sent it.
    private static (int Width, int Height) Cell()
    {
        const int standardOutput = 1;
        const nuint getWindowSize = 0x5413;
        if (OperatingSystem.IsLinux() && ControlDevice(standardOutput, getWindowSize, out WindowSize size) == 0 &&
            size is { Columns: > 0, Rows: > 0 } && IsPlausible(size.PixelWidth / size.Columns) && IsPlausible(size.PixelHeight / size.Rows))
            return (size.PixelWidth / size.Columns, size.PixelHeight / size.Rows);
        return (TerminalCanvas.DefaultCellWidth, TerminalCanvas.DefaultCellHeight);

        static bool IsPlausible(int side) => side is >= 4 and <= 100;
    }

    [DllImport(SystemLibrary.Name, EntryPoint = "ioctl")]
    private static extern int ControlDevice(int file, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        public readonly ushort Rows, Columns, PixelWidth, PixelHeight;
    }
}
