using System.Management.Automation;
using System.Management.Automation.Host;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>Reads answers and lines: with an editor from a terminal, plainly from anything else.</summary>
internal sealed class ShellInput(ShellConsole console, bool nonInteractive)
{
    private readonly LineEditor? _editor = console is { InputIsTerminal: true, OutputShowsAnsi: true } ? new LineEditor(console) : null;

    /// <summary>
    /// A plain read is under way, which nothing can stop: whoever wants the process to end must not wait for it.
    /// </summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Reads a line; null at the end of the input.</summary>
    /// <exception cref="OperationCanceledException">Ctrl+C was pressed in the editor.</exception>
    public string? ReadLine(
        string prompt,
        bool masked = false,
        IReadOnlyList<string>? history = null,
        LineEditor.Completer? completer = null)
    {
        console.ClearProgress();
        console.WritePrompt(prompt);
        if (_editor is not null)
            return _editor.Read(prompt, history ?? [], completer, masked);

        string? line = ReadPlainly(Console.In.ReadLine);
        if (console.InputIsTerminal)
            console.NoteLineStart();
        return line;
    }

    /// <summary>Reads everything up to the end of the input.</summary>
    public string ReadToEnd() => ReadPlainly(Console.In.ReadToEnd);

    /// <summary>Reads the answer to a question that a running command asks.</summary>
    public string ReadAnswer(string prompt, bool masked = false)
    {
        if (nonInteractive)
        {
            throw new HostException(
                $"The question '{prompt.Trim()}' cannot be asked: the shell was started with -NonInteractive. " +
                "Give the value as a parameter, or -Confirm:$false where a command asks for confirmation.");
        }

        try
        {
            return ReadLine(prompt, masked) ?? throw new HostException(
                $"The question '{prompt.Trim()}' got no answer: standard input has ended. " +
                "Give the value as a parameter, or -Confirm:$false where a command asks for confirmation.");
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private T ReadPlainly<T>(Func<T> read)
    {
        IsBlocked = true;
        try
        {
            return read();
        }
        finally
        {
            IsBlocked = false;
        }
    }
}
