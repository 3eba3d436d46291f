namespace MonaLisa.HelpBuilder;

/// <summary>A help text is not what it should be.</summary>
/// <param name="file">The text's file.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class HelpException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
