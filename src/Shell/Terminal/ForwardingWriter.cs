using System.Text;

namespace MonaLisa.Shell.Terminal;

/// <summary>What a script writes through [Console] takes the same way as everything else, past the progress display.</summary>
internal sealed class ForwardingWriter(Action<string> write) : TextWriter
{
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => write(value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
            write(value);
    }

    public override void Write(char[] buffer, int index, int count) => write(new string(buffer, index, count));

    public override void WriteLine() => write(NewLine);

    public override void WriteLine(string? value) => write(value + NewLine);
}
