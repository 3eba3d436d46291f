using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MonaLisa.Cmdlets.Tests.Repository;

/// <summary>Every dependency is named with its licence, and every one that is named is used.</summary>
public partial class DependencyTests
{
    private static readonly XDocument Central = XDocument.Parse(RepositoryFiles.Text("Directory.Packages.props"));

    [Fact]
    public void The_page_names_every_package_with_its_version()
    {
        (string Name, string Version)[] rows = [.. RowsOf(RepositoryFiles.Text("docs/dependencies.md")).Select(row => (row[0], row[1]))];
        (string Name, string Version)[] packages = [.. CentralPackages(), .. DownloadedPackages()];
        Assert.All(packages, package => Assert.Contains(rows, row => IsNamed(package, row)));
        Assert.All(rows, row => Assert.Contains(packages, package => IsNamed(package, row)));
    }

    [Fact]
    public void Every_row_of_the_page_is_filled() =>
        Assert.All(RowsOf(RepositoryFiles.Text("docs/dependencies.md")), row =>
        {
            Assert.Equal(5, row.Length);
            Assert.All(row, Assert.NotEmpty);
            Assert.Contains(row[4], (string[])["yes", "no"]);
        });

    [Fact]
    public void Some_project_uses_every_package()
    {
        string projects = string.Concat(Projects().Select(project => project.ToString()));
        foreach ((string package, _) in CentralPackages())
        {
            // The only reference with a part that depends on the system.
            string reference = package.StartsWith("libtorch-cpu-", StringComparison.Ordinal) ? "libtorch-cpu-$(TorchPlatform)" : package;
            Assert.Contains($"<PackageReference Include=\"{reference}\"", projects, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_notices_name_every_assembly_that_is_not_ours()
    {
        string notices = Staged("THIRD-PARTY-NOTICES.md");
        string[] assemblies = [.. Directory.EnumerateFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories)
            .Where(file => !file.Contains("libvips", StringComparison.Ordinal)).Select(Path.GetFileName).Except(["MonaLisa.PS.dll", "MonaLisa.Engine.dll"])!];
        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, file => Assert.Contains($"| {file} |", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void The_notices_name_every_native_file_and_all_that_is_in_it()
    {
        string notices = Staged("THIRD-PARTY-NOTICES.md");
        Assert.All(Directory.EnumerateFiles(Path.Combine(StagedModule.Folder, "runtimes"), "*", SearchOption.AllDirectories),
            file => Assert.Contains($"`{Path.GetFileName(file)}`", notices, StringComparison.Ordinal));
        string[] parts = [.. RowsOf(Staged("licenses/libvips/THIRD-PARTY-NOTICES.md")).Select(row => row[0])];
        Assert.Contains("libvips", parts);
        Assert.All(parts, part => Assert.Contains($"| [{part}](https://", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void The_licences_that_the_notices_refer_to_are_there() =>
        Assert.All(LicenceFile().Matches(Staged("THIRD-PARTY-NOTICES.md")), file => Assert.NotEmpty(Staged(file.Groups[1].Value)));

    private static string Staged(string name) => File.ReadAllText(Path.Combine(StagedModule.Folder, name));

    // Packages of a name for each platform share a row: their names begin with what stands before its star.
    private static bool IsNamed((string Name, string Version) package, (string Name, string Version) row) => package.Version == row.Version
        && (row.Name.EndsWith('*') ? package.Name.StartsWith(row.Name.TrimEnd('*'), StringComparison.Ordinal) : package.Name == row.Name);

    private static IEnumerable<(string Name, string Version)> CentralPackages() => Central.Descendants("PackageVersion").Select(
        package => (package.Attribute("Include")!.Value, Expanded(package.Attribute("Version")!.Value)));

    private static IEnumerable<(string Name, string Version)> DownloadedPackages() =>
        from project in Projects()
        from package in project.Descendants("PackageDownload")
        let version = Items().Replace(package.Attribute("Version")!.Value, list => project.Descendants(list.Groups[1].Value).Single().Attribute("Include")!.Value)
        select (package.Attribute("Include")!.Value, string.Join(", ", Expanded(version).Split(';').Select(one => one.Trim('[', ']'))));

    private static IEnumerable<XDocument> Projects() => ((string[])["src", "tests", "tools", "benchmarks"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => XDocument.Load(file));

    // Properties of Directory.Packages.props, such as a version that several packages have in common.
    private static string Expanded(string text) =>
        Property().Replace(text, match => Central.Descendants(match.Groups[1].Value).Single().Value);

    /// <summary>The cells of each row of a page's table, without its head.</summary>
    private static IEnumerable<string[]> RowsOf(string page) => page.ReplaceLineEndings("\n").Split('\n')
        .Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();

    // Each of an item list as an exact version.
    [GeneratedRegex(@"@\((\w+)->'\[%\(Identity\)\]'\)")]
    private static partial Regex Items();

    [GeneratedRegex("`(licenses/[^`]+)`")]
    private static partial Regex LicenceFile();
}
