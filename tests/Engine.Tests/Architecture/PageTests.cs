using System.Text.RegularExpressions;

namespace MonaLisa.Engine.Tests;

/// <summary>Pages for contributors name files, folders and types that exist, and the links of all pages lead somewhere.</summary>
public partial class PageTests
{
    private static readonly Lazy<HashSet<string>> Paths = new(() => [.. RepositoryPaths.All()]);

    private static readonly Lazy<string> Sources = new(() => string.Join("\n", Paths.Value
        .Where(path => path.StartsWith("/src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
        .Select(path => File.ReadAllText(SamplePictures.Repository() + path))));

    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    public void A_page_names_only_what_exists(string page)
    {
        string text = File.ReadAllText(Path.Combine(SamplePictures.Repository(), page));
        string[] missing = [.. Missing(text)];
        Assert.True(missing.Length == 0, $"{page} names what is not there: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Links_lead_to_files_and_headings_that_exist()
    {
        string[] pages = [.. Paths.Value.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];
        Assert.True(pages.Length > 20);
        string[] broken = [.. pages.SelectMany(page => Links().Matches(TextOf(page))
            .Where(link => !Leads(page, link.Groups["file"].Value, link.Groups["heading"].Value)).Select(link => $"{page}: {link.Value}"))];
        Assert.True(broken.Length == 0, string.Join("\n", broken));
    }

    [Theory]
    [InlineData("A file, `Model/NoSuchFile.cs`.", "Model/NoSuchFile.cs")]
    [InlineData("Part of a name, `del/Activation.cs`.", "del/Activation.cs")]
    [InlineData("A folder, `src/NoSuchFolder`.", "src/NoSuchFolder")]
    [InlineData("In a command:\n```\ndotnet run --project benchmarks/NoSuchProject\n```\n", "benchmarks/NoSuchProject")]
    [InlineData("A type, `NoSuchType`.", "NoSuchType")]
    [InlineData("A member, `Trainer.NoSuchMember`.", "Trainer.NoSuchMember")]
    public void What_does_not_exist_is_found(string text, string missing) => Assert.Equal([missing], Missing(text));

    [Fact]
    public void What_exists_is_not_missing() => Assert.Empty(Missing(
        "`src/Engine`, `Model/Activation.cs`, `Activation.cs`, `Trainer`, `Trainer.Train`, `./build.ps1 -Test`, `dotnet build -c Release`, `-Epoch`"));

    // Words of code that look like a path, and codes that look like a type or its member.
    private static IEnumerable<string> Missing(string text)
    {
        string[] codes = [.. Code().Matches(text).Select(code => code.Groups["code"].Value)];
        IEnumerable<string> words = codes.SelectMany(code => code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.StartsWith("./", StringComparison.Ordinal) ? word[2..] : word)
            .Where(word => PathWord().IsMatch(word) && !RepositoryPaths.Outputs.Contains(word.Split('/')[0]));
        IEnumerable<string> types = codes
            .Where(code => TypeWord().Match(code) is { Success: true } type && !IsDeclared(type.Groups["type"].Value, type.Groups["member"].Value));
        return words.Union(types.Except(words)).Where(word => !Paths.Value.Any(path => path.EndsWith("/" + word, StringComparison.Ordinal)));
    }

    private static string TextOf(string path) => File.ReadAllText(SamplePictures.Repository() + path);

    private static bool Leads(string page, string file, string heading)
    {
        string root = Path.GetFullPath(SamplePictures.Repository());
        string target = file == "" ? root + page : Path.GetFullPath(Path.Combine(root + Path.GetDirectoryName(page), file));
        // The name of a heading in an address, as GitHub makes it.
        return Path.Exists(target) && (heading == "" || Headings().Matches(File.ReadAllText(target)).Any(found =>
            Punctuation().Replace(found.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-') == heading));
    }

    private static bool IsDeclared(string type, string member) =>
        Regex.IsMatch(Sources.Value, $@"\b(namespace|class|record|record struct|struct|interface|enum|delegate \S+) {type}\b") &&
        (member == "" || Regex.IsMatch(Sources.Value, $@"\b{member}\b"));

    [GeneratedRegex(@"^```\w*\n(?<code>[\s\S]*?)^```|`(?<code>[^`\n]+)`", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<file>[^)#:\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^[\w.-]+(/[\w.-]+)+$|^[\w.-]+\.(cs|csproj|json|md|props|ps1|ps1xml|psd1|sln|targets|txt)$")]
    private static partial Regex PathWord();

    [GeneratedRegex(@"^(?<type>[A-Z][a-z]\w*)(\.(?<member>[A-Z]\w*))?$")]
    private static partial Regex TypeWord();
}
