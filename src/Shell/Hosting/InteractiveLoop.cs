using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>The prompt: reads, runs and starts again until exit or the end of the input.</summary>
internal sealed class InteractiveLoop(ShellSession session, ShellConsole console, ShellInput input)
{
    private readonly List<string> _history = [];
    private CommandCompletion? _completion;
    private string _beforeCompletion = "";
    private string _afterCompletion = "";

    public int Run()
    {
        while (session is { RequestedExitCode: null, IsEnding: false })
        {
            string? text;
            try
            {
                text = ReadCommand();
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            if (text is null)
                return ExitCode.Success;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (_history.LastOrDefault() != text)
                _history.Add(text);
            session.RunText(text, readsInput: false);
        }

        return session.RequestedExitCode ?? ExitCode.Success;
    }

    private string? ReadCommand()
    {
        string? text = input.ReadLine(Prompt(), history: _history, completer: Complete);
        while (text is not null && IsIncomplete(text))
        {
            string? more = input.ReadLine(">> ", history: _history, completer: Complete);
            // As in pwsh, an empty line ends a command that waits for more: its errors say what is missing.
            if (string.IsNullOrWhiteSpace(more))
                break;
            text += "\n" + more;
        }

        return text;
    }

    private string Prompt()
    {
        try
        {
            using Pipeline pipeline = session.Runspace.CreatePipeline("prompt");
            string text = string.Concat(pipeline.Invoke());
            return text.Length == 0 ? "PS> " : text;
        }
        catch (RuntimeException exception)
        {
            console.WriteError(exception.Message + "\n");
            return "PS> ";
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private (string Text, int Cursor)? Complete(string text, int cursor, bool again, bool forward)
    {
        if (!again || _completion is null)
        {
            using var shell = PowerShell.Create();
            shell.Runspace = session.Runspace;
            _completion = CommandCompletion.CompleteInput(text, cursor, null, shell);
            _afterCompletion = text[Math.Min(text.Length, _completion.ReplacementIndex + _completion.ReplacementLength)..];
            _beforeCompletion = text[..Math.Max(0, _completion.ReplacementIndex)];
        }

        if (_completion.CompletionMatches.Count == 0)
            return null;
        string chosen = _completion.GetNextResult(forward).CompletionText;
        return (_beforeCompletion + chosen + _afterCompletion, _beforeCompletion.Length + chosen.Length);
    }
}
