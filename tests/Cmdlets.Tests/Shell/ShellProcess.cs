using System.Diagnostics;
using System.Text;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>The built shell, started as a process the way a person starts it, with a small module of its own.</summary>
internal static class ShellProcess
{
    // A safety net for a hanging shell; nothing is measured against it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string Assembly { get; } = FindAssembly();

    /// <summary>Runs the shell to its end. Standard input is empty unless a text is given.</summary>
    public static ShellResult Run(
        string[] arguments,
        string input = "",
        string? folder = null,
        params (string Name, string? Value)[] environment)
    {
        using Process process = Start(arguments, folder, environment);
        using var reading = new CancellationTokenSource(Patience);
        Task<string> output = ReadAll(process.StandardOutput.BaseStream, reading.Token);
        Task<string> error = ReadAll(process.StandardError.BaseStream, reading.Token);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        WaitFor(process);
        return new ShellResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public static ShellResult RunCommand(string command) => Run(["-Command", command]);

    /// <summary>Starts the shell with all three streams redirected.</summary>
    public static Process Start(string[] arguments, string? folder = null, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Assembly);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["MONALISA_MODULE"] = TestModule.Folder;
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end, and ends a process that does not.</summary>
    public static void WaitFor(Process process)
    {
        if (process.WaitForExit(Patience))
            return;
        process.Kill(entireProcessTree: true);
        throw new TimeoutException("The shell did not end.");
    }

    // Decoded by hand: a StreamReader would swallow the byte order mark that must not be there.
    private static async Task<string> ReadAll(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return new UTF8Encoding(false).GetString(bytes.ToArray()).ReplaceLineEndings("\n");
    }

    private static string FindAssembly()
    {
        // .../tests/Cmdlets.Tests/bin/<configuration>/net10.0/
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        DirectoryInfo? root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MonaLisa.PS.sln")))
            root = root.Parent;
        Assert.NotNull(root);
        return Path.Combine(root.FullName, "src", "Shell", "bin", output.Parent!.Name, output.Name, "monalisa.dll");
    }
}
