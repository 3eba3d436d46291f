using System.Diagnostics;
using System.Management.Automation;
using Spectre.Console;

namespace MonaLisa.Shell.Terminal;

/// <summary>
/// Keeps the progress records as the last lines on a terminal. Not thread-safe: <see cref="ShellConsole"/> calls it under its lock.
/// </summary>
internal sealed class ProgressDisplay(TextWriter terminal, ShellConsole console)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(60);

    private readonly ProgressTree _records = new();
    private int _linesOnScreen;
    private long _lastFrame;

    public void Update(long sourceId, ProgressRecord record)
    {
        bool shapeChanged = _records.Update(sourceId, record);
        if (shapeChanged || Stopwatch.GetElapsedTime(_lastFrame) >= ShortestInterval)
            Redraw();
    }

    public void Clear()
    {
        _records.Clear();
        Erase();
    }

    /// <summary>Takes the display from the screen; the cursor stands where it began.</summary>
    public void Erase()
    {
        if (_linesOnScreen == 0)
            return;
        terminal.Write(EraseSequence());
        _linesOnScreen = 0;
    }

    public void Redraw()
    {
        if (_records.IsEmpty)
        {
            Erase();
            return;
        }

        if (_linesOnScreen == 0)
            console.EnsureLineStart(terminal);

        // One write for the old display's end and the new one: a terminal that paints in between does not flicker.
        string frame = Frame();
        terminal.Write(EraseSequence() + frame);
        _linesOnScreen = frame.Count(c => c == '\n');
        _lastFrame = Stopwatch.GetTimestamp();
    }

    private string EraseSequence() => _linesOnScreen == 0 ? "" : $"\e[{_linesOnScreen}A\r\e[J";

    private string Frame()
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole renderer = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ShellConsole.Colored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        // The last column stays free: some terminals wrap as soon as it is filled.
        renderer.Profile.Width = Math.Max(10, console.Width - 1);
        renderer.Write(new ProgressView([.. _records.Flatten()], Math.Max(2, console.Height / 2)));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
