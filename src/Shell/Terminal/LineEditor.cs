using System.Text;
using Spectre.Console.Rendering;

namespace MonaLisa.Shell.Terminal;

/// <summary>
/// Reads a line from a terminal: cursor keys, history, completion. Ctrl+C arrives as a key here, so that it ends the line and
/// nothing else.
/// </summary>
internal sealed class LineEditor(ShellConsole console)
{
    private readonly StringBuilder _text = new();
    private string _prompt = "";
    private int _cursor;
    private int _cursorRow;
    private bool _masked;

    /// <summary>Gives the next completion of a text at a cursor position, or null where there is none.</summary>
    public delegate (string Text, int Cursor)? Completer(string text, int cursor, bool again, bool forward);

    /// <summary>Reads one line.</summary>
    /// <param name="prompt">What stands before the line, already on the screen; only its last line matters.</param>
    /// <param name="history">Earlier lines, the latest last.</param>
    /// <param name="completer">Called for the Tab key.</param>
    /// <param name="masked">Shows a * for every character.</param>
    /// <returns>The line, or null after Ctrl+D on an empty line.</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C was pressed.</exception>
    public string? Read(string prompt, IReadOnlyList<string> history, Completer? completer, bool masked)
    {
        _prompt = prompt[(prompt.LastIndexOf('\n') + 1)..];
        _masked = masked;
        _text.Clear();
        _cursor = 0;
        _cursorRow = 0;
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return Edit(history, completer);
        }
        finally
        {
            Console.TreatControlCAsInput = before;
            MoveToEnd();
            console.WritePrompt("\n");
            console.NoteLineStart();
        }
    }

    private string? Edit(IReadOnlyList<string> history, Completer? completer)
    {
        int place = history.Count;
        string unfinished = "";
        bool completing = false;
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            bool wasCompleting = completing;
            completing = false;
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                case ConsoleKey.J when control:
                    return _text.ToString();
                case ConsoleKey.C when control:
                    throw new OperationCanceledException();
                case ConsoleKey.D when control && _text.Length == 0:
                    return null;
                case ConsoleKey.Tab when completer is not null:
                    bool forward = !key.Modifiers.HasFlag(ConsoleModifiers.Shift);
                    if (completer(_text.ToString(), _cursor, wasCompleting, forward) is (string completed, int position))
                        Replace(completed, position);
                    completing = true;
                    continue;
                case ConsoleKey.UpArrow or ConsoleKey.DownArrow:
                    int next = place + (key.Key == ConsoleKey.UpArrow ? -1 : 1);
                    if (next < 0 || next > history.Count)
                        continue;
                    if (place == history.Count)
                        unfinished = _text.ToString();
                    place = next;
                    string line = place == history.Count ? unfinished : history[place];
                    Replace(line, line.Length);
                    continue;
                default:
                    Apply(key, control);
                    continue;
            }
        }
    }

    private void Apply(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                _cursor = Math.Min(_text.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                _cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                _cursor = _text.Length;
                break;
            case ConsoleKey.Backspace:
            case ConsoleKey.H when control:
                if (_cursor > 0)
                    _text.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                if (_cursor < _text.Length)
                    _text.Remove(_cursor, 1);
                break;
            case ConsoleKey.Escape:
                _text.Clear();
                _cursor = 0;
                break;
            case ConsoleKey.U when control:
                _text.Remove(0, _cursor);
                _cursor = 0;
                break;
            case ConsoleKey.K when control:
                _text.Length = _cursor;
                break;
            case ConsoleKey.W when control:
                int start = _text.ToString(0, _cursor).TrimEnd().LastIndexOf(' ') + 1;
                _text.Remove(start, _cursor - start);
                _cursor = start;
                break;
            default:
                if (char.IsControl(key.KeyChar))
                    return;
                _text.Insert(_cursor++, key.KeyChar);
                break;
        }

        Draw();
    }

    private void Replace(string text, int cursor)
    {
        _text.Clear().Append(text);
        _cursor = cursor;
        Draw();
    }

    // The line may wrap over several rows: start at its first one, write everything, then go back to the cursor.
    private void Draw()
    {
        int width = Math.Max(1, console.Width);
        string shown = Shown(_text.ToString());
        int promptCells = Cells(_prompt);
        int total = promptCells + Cells(shown);
        int atCursor = promptCells + Cells(Shown(_text.ToString(0, _cursor)));

        var frame = new StringBuilder();
        Up(frame, _cursorRow);
        frame.Append("\r\e[J").Append(_prompt).Append(shown);
        // A full last row leaves the cursor pending at its end.
        if (total > 0 && total % width == 0)
            frame.Append('\n');
        Up(frame, (total / width) - (atCursor / width));
        frame.Append('\r');
        if (atCursor % width > 0)
            frame.Append("\e[").Append(atCursor % width).Append('C');
        _cursorRow = atCursor / width;
        console.WritePrompt(frame.ToString());
    }

    private void MoveToEnd()
    {
        if (_cursor == _text.Length)
            return;
        _cursor = _text.Length;
        Draw();
    }

    private string Shown(string text) => _masked ? new string('*', text.Length) : text;

    private static int Cells(string text)
    {
        string plain = new System.Management.Automation.Internal.StringDecorated(text)
            .ToString(System.Management.Automation.OutputRendering.PlainText);
        return new Segment(plain).CellCount();
    }

    private static void Up(StringBuilder frame, int rows)
    {
        if (rows > 0)
            frame.Append("\e[").Append(rows).Append('A');
    }
}
