using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace MonaLisa.Pester.Tests;

/// <summary>A run of a folder of Pester tests in a process of its own.</summary>
/// <param name="Version">The version of Pester that ran.</param>
/// <param name="Result">Pester's word for the whole run.</param>
/// <param name="Tests">The result of each test, and of each block and file that failed around its tests.</param>
public sealed record PesterRun(string Version, string Result, IReadOnlyList<PesterResult> Tests)
{
    // A safety net for a suite that hangs; nothing is measured against it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The versions of Pester that the build brought.</summary>
    public static IEnumerable<string> Versions => Metadata.Select(item => item.Key.Split(' ')).Where(words => words is ["Pester", _]).Select(words => words[1]);

    /// <summary>The suite of the module.</summary>
    public static string ModuleSuite => ValueOf("Suite");

    private static IEnumerable<AssemblyMetadataAttribute> Metadata => typeof(PesterRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();

    /// <summary>Runs a suite on the staged module.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="suite">The folder of the tests.</param>
    /// <exception cref="InvalidOperationException">The run broke off, or there was no test.</exception>
    public static PesterRun Of(string version, string suite)
    {
        string resultPath = Path.GetTempFileName();
        try
        {
            string script = Path.Combine(AppContext.BaseDirectory, "Invoke-Suite.ps1");
            var start = new ProcessStartInfo(Path.ChangeExtension(ValueOf("Shell"), OperatingSystem.IsWindows() ? ".exe" : null)!)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (string argument in (string[])["-NoProfile", "-NonInteractive", "-File", script, ValueOf($"Pester {version}"), suite, resultPath])
                start.ArgumentList.Add(argument);
            // Most code of a suite runs a few times.
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment["MONALISA_MODULE"] = ValueOf("Module");
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
                process.Kill(entireProcessTree: true);
            string said = $"Output: {output.GetAwaiter().GetResult()}\nErrors: {error.GetAwaiter().GetResult()}";
            string result = File.ReadAllText(resultPath);
            if (process.ExitCode != 0 || result.Length == 0)
                throw new InvalidOperationException($"The run of '{suite}' with Pester {version} broke off with exit code {process.ExitCode}.\n{said}");
            PesterRun run = JsonSerializer.Deserialize<PesterRun>(result)!;
            return run.Tests.Count > 0 ? run : throw new InvalidOperationException($"Pester {version} found no test in '{suite}'.\n{said}");
        }
        finally
        {
            File.Delete(resultPath);
        }
    }

    private static string ValueOf(string key) => Metadata.Single(item => item.Key == key).Value!;
}
