using System.Diagnostics;

namespace MonaLisa.Benchmarks;

/// <summary>Another process that keeps one core busy until it is disposed.</summary>
internal sealed class BusyNeighbor : IDisposable
{
    /// <summary>The argument that makes this program be the neighbour.</summary>
    public const string Argument = "--be-busy";

    private const string Ready = "busy";

    private readonly Process _process;

    public BusyNeighbor()
    {
        string program = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(BusyNeighbor).Assembly.Location, Argument] : [Argument];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (_process.StandardOutput.ReadLine() != Ready)
            throw new InvalidOperationException("The busy process did not start.");
    }

    /// <summary>Computes until the standard input ends, as it does when the parent goes.</summary>
    public static void Run()
    {
        bool isOver = false;
        var input = new Thread(() =>
        {
            Console.In.ReadToEnd();
            Volatile.Write(ref isOver, true);
        });
        input.Start();
        Console.WriteLine(Ready);
        while (!Volatile.Read(ref isOver))
            PeakMeter.Run();
    }

    public void Dispose()
    {
        _process.StandardInput.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }
}
