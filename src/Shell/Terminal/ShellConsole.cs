using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;
using Spectre.Console;

namespace MonaLisa.Shell.Terminal;

/// <summary>
/// The three standard streams, what each can show, and the one lock under which everything is written: output steps aside for
/// the progress display and the display comes back below it.
/// </summary>
internal sealed class ShellConsole
{
    private const int WidthWithoutTerminal = 120;
    private const char Escape = '\e';

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly ProgressDisplay? _progress;
    private bool _outputAtLineStart = true;
    private bool _errorAtLineStart = true;

    public ShellConsole()
    {
        InputIsTerminal = !Console.IsInputRedirected;
        OutputIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected;
        bool understandsAnsi = TerminalUnderstandsAnsi(OutputIsTerminal || ErrorIsTerminal);
        OutputShowsAnsi = OutputIsTerminal && understandsAnsi;
        ErrorShowsAnsi = ErrorIsTerminal && understandsAnsi;

        // See no-color.org. The engine leaves it to its host.
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;

        // Windows consoles start in an old code page; a redirected stream gets its bytes from the writers below.
        if (OperatingSystem.IsWindows() && (OutputIsTerminal || ErrorIsTerminal))
            Console.OutputEncoding = Encoding.UTF8;
        _output = OpenWriter(Console.OpenStandardOutput());
        _error = OpenWriter(Console.OpenStandardError());
        Console.SetOut(new ForwardingWriter(Write));
        Console.SetError(new ForwardingWriter(WriteError));

        if (ErrorShowsAnsi)
            _progress = new ProgressDisplay(_error, this);
        else if (OutputShowsAnsi)
            _progress = new ProgressDisplay(_output, this);
    }

    public bool InputIsTerminal { get; }

    public bool OutputIsTerminal { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>Standard output is a terminal that follows escape sequences.</summary>
    public bool OutputShowsAnsi { get; }

    public bool ErrorShowsAnsi { get; }

    /// <summary>Characters in a line of standard output.</summary>
    public int Width => Size(() => Console.WindowWidth, Environment.GetEnvironmentVariable("COLUMNS"), WidthWithoutTerminal);

    /// <summary>Lines on the screen.</summary>
    public int Height => Size(() => Console.WindowHeight, null, 50);

    /// <summary>Whether colours are to be written to a stream that can show them.</summary>
    public static bool Colored => PSStyle.Instance.OutputRendering != OutputRendering.PlainText;

    public void Write(string text)
    {
        lock (_lock)
        {
            _progress?.Erase();
            _output.Write(Rendered(text, OutputShowsAnsi));
            _outputAtLineStart = EndsLine(text, _outputAtLineStart);
            if (_outputAtLineStart)
                _progress?.Redraw();
        }
    }

    public void WriteError(string text)
    {
        lock (_lock)
        {
            _progress?.Erase();
            try
            {
                _error.Write(Rendered(text, ErrorShowsAnsi));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A closed standard error: there is nobody left to tell.
                return;
            }

            _errorAtLineStart = EndsLine(text, _errorAtLineStart);
            if (_errorAtLineStart)
                _progress?.Redraw();
        }
    }

    /// <summary>Writes a question: to the terminal even where standard output goes to a file.</summary>
    public void WritePrompt(string text)
    {
        if (!OutputIsTerminal && ErrorIsTerminal)
            WriteError(text);
        else
            Write(text);
    }

    public void ShowProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
            _progress?.Update(sourceId, record);
    }

    /// <summary>Takes every progress bar from the screen.</summary>
    public void ClearProgress()
    {
        lock (_lock)
            _progress?.Clear();
    }

    /// <summary>Starts a new line on the terminal if text stands on the current one.</summary>
    internal void EnsureLineStart(TextWriter terminal)
    {
        if ((OutputIsTerminal && !_outputAtLineStart) || (ErrorIsTerminal && !_errorAtLineStart))
        {
            terminal.Write('\n');
            _outputAtLineStart = _errorAtLineStart = true;
        }
    }

    /// <summary>The reader of standard input ended its line on the screen.</summary>
    public void NoteLineStart() => _outputAtLineStart = _errorAtLineStart = true;

    private static string Rendered(string text, bool showsAnsi)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
            return text;
        bool decorated = PSStyle.Instance.OutputRendering switch
        {
            OutputRendering.PlainText => false,
            OutputRendering.Ansi => true,
            _ => showsAnsi,
        };
        return decorated ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);
    }

    private static bool EndsLine(string text, bool before) => text.Length == 0 ? before : text[^1] == '\n';

    private static bool TerminalUnderstandsAnsi(bool anyTerminal)
    {
        if (!anyTerminal)
            return false;
        // Spectre.Console switches a Windows console to escape sequences as it asks.
        if (OperatingSystem.IsWindows())
            return AnsiConsole.Profile.Capabilities.Ansi;
        return Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } name && name != "dumb";
    }

    private static StreamWriter OpenWriter(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096) { AutoFlush = true };

    private int Size(Func<int> ofTerminal, string? environment, int otherwise)
    {
        if (OutputIsTerminal || ErrorIsTerminal)
        {
            try
            {
                if (ofTerminal() is > 0 and int size)
                    return size;
            }
            catch (IOException)
            {
                // A terminal that does not tell its size.
            }
        }

        return int.TryParse(environment, out int given) && given > 0 ? given : otherwise;
    }
}
