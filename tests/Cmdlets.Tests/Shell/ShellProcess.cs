using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>The built shell, started as a process the way a person starts it, but for the profile.</summary>
internal static class ShellProcess
{
    // A safety net for a hanging shell; nothing is measured against it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The executable's path.</summary>
    public static string Executable { get; } = Path.ChangeExtension(
        typeof(ShellProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Shell").Value!,
        OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Runs the shell to its end, with nothing on standard input.</summary>
    public static ShellResult Run(string[] arguments, string? folder = null, params (string Name, string? Value)[] environment)
    {
        using Process process = Start(arguments, folder, environment);
        using var reading = new CancellationTokenSource(Patience);
        Task<string> output = ReadAll(process.StandardOutput.BaseStream, reading.Token);
        Task<string> error = ReadAll(process.StandardError.BaseStream, reading.Token);
        process.StandardInput.Close();
        WaitFor(process);
        return new ShellResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public static ShellResult RunCommand(string command) => Run(["-Command", command]);

    /// <summary>Starts the shell with all three streams redirected.</summary>
    public static Process Start(string[] arguments, string? folder = null, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (string argument in (string[])["-NoProfile", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        // As in this process: see the project.
        start.Environment["DOTNET_TieredPGO"] = "0";
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
}
