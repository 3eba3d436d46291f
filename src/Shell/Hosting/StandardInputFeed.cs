using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MonaLisa.Shell.Hosting;

/// <summary>Hands the lines of standard input to a pipeline while it runs.</summary>
internal static class StandardInputFeed
{
    public static void Start(PipelineWriter input)
    {
        // A background thread: a read that never ends must not keep the process alive once the pipeline has ended.
        var thread = new Thread(() => Feed(input)) { IsBackground = true, Name = "Standard input" };
        thread.Start();
    }

    private static void Feed(PipelineWriter input)
    {
        try
        {
            while (Console.In.ReadLine() is { } line)
                input.Write(line);
            input.Close();
        }
        catch (Exception exception) when (exception is PipelineClosedException or IOException or ObjectDisposedException)
        {
            // The pipeline ended before its input did, as with Select-Object -First.
        }
    }
}
