using System.Diagnostics;
using System.IO.Compression;

namespace MonaLisa.Cmdlets.Tests.Repository;

/// <summary>
/// A folder of a user's with a clone in it: the repository's own settings around a project of one class and one package, which a folder
/// serves. Nothing outside is asked for.
/// </summary>
internal sealed class UsersMachine : IDisposable
{
    public const string Package = "Made.Here";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly string _home = Directory.CreateTempSubdirectory("monalisa-tests-").FullName;

    public UsersMachine(Uri? auditSource = null)
    {
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.rsp", "Directory.Solution.props", "NuGet.config", "global.json"])
            Write($"clone/{name}", RepositoryFiles.Text(name));
        Write("clone/Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="{Package}" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
        Write("clone/Project/Project.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><PackageReference Include="{Package}" /></ItemGroup>
            </Project>
            """);
        Write("clone/Clone.slnx", """<Solution><Project Path="Project/Project.csproj" /></Solution>""");
        Write("clone/Project/Class.cs", "internal static class Sample;");
        WriteSettings(auditSource is null ? "" : $"""
            <auditSources><clear /><add key="advisories" value="{auditSource}" allowInsecureConnections="true" /></auditSources>
            """);
        WritePackage();
    }

    /// <summary>Writes the user's NuGet.config, above the clone.</summary>
    public void WriteSettings(string more) => Write("NuGet.config", $"""
        <configuration>
          <packageSources><clear /><add key="here" value="feed" /></packageSources>
          {more}
        </configuration>
        """);

    /// <summary>Writes a file of the user's; those of the clone are under <c>clone</c>.</summary>
    public void Write(string name, string text)
    {
        string path = Path.Combine(_home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Restores the solution, as a user does or as continuous integration does.</summary>
    public BuildResult Restore(bool isContinuousIntegration) => Run(isContinuousIntegration, "restore", "--force");

    /// <summary>Builds the solution from the beginning.</summary>
    public BuildResult Build(bool isContinuousIntegration, params string[] properties)
    {
        string[] all = ["UseSharedCompilation=false", "RestoreForce=true", .. properties];
        return Run(isContinuousIntegration, "build", ["--no-incremental", .. all.Select(property => "-p:" + property)]);
    }

    /// <summary>The version of MSBuild on this machine, as Directory.Build.props names it: major and minor.</summary>
    public string MSBuildVersion() => string.Join('.', Run(false, "msbuild", "-version", "-noLogo").Output.Trim().Split('.').Take(2));

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private BuildResult Run(bool isContinuousIntegration, string command, params string[] arguments)
    {
        string ownHost = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(ownHost, [command, "-nodeReuse:false", .. arguments])
        {
            WorkingDirectory = Path.Combine(_home, "clone"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test run sets some of these for itself.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        // The developer prompts of Visual Studio set this to the processor's name, and some makers of computers to their own.
        start.Environment["Platform"] = "Elsewhere";
        start.Environment["CI"] = isContinuousIntegration ? "true" : "";
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_home, "packages");
        // Answers are kept for half an hour: these must be asked for anew.
        start.Environment["NUGET_HTTP_CACHE_PATH"] = Path.Combine(_home, Guid.NewGuid().ToString());
        start.Environment["NO_PROXY"] = "127.0.0.1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {command} did not end.");
        }
        return new BuildResult(process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    private void WritePackage()
    {
        Directory.CreateDirectory(Path.Combine(_home, "feed"));
        using ZipArchive package = ZipFile.Open(Path.Combine(_home, "feed", $"{Package}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry($"{Package}.nuspec").Open());
        writer.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>{Package}</id><version>1.0.0</version><authors>Tests</authors><description>Nothing.</description>
              <dependencies><group targetFramework="net10.0" /></dependencies>
            </metadata></package>
            """);
    }
}

internal sealed record BuildResult(int ExitCode, string Output);
