using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>Every example of every command's help and of every topic is run as it stands there, but for long training and a very large painting.</summary>
public sealed partial class HelpExampleTests(HelpExampleTests.ExampleFiles files) : IClassFixture<HelpExampleTests.ExampleFiles>, IDisposable
{
    private const string Preparation = """
        $ErrorActionPreference = 'Stop'
        Set-StrictMode -Version Latest
        $run = New-PixelDataset $sample | Invoke-MlpTraining -Epoch 3
        """;

    private const string Files = """
        'photo.jpg', 'next.jpg', 'photo.png', 'painted.jpg', 'scratch.png' | ForEach-Object { $run | Export-GeneratedImage "./$_" -Width 100 }
        $null = New-Item ./models -ItemType Directory
        'mona-lisa', 'models/first', 'models/second' | ForEach-Object { $run | Export-MlpModel "./$_.safetensors" }
        """;

    private static readonly string HelpFolder = Path.Combine(DocumentationTests.Root, "module", "help");

    private static readonly string TopicFolder = Path.Combine(DocumentationTests.Root, "module", "en-US");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands => [.. Directory.GetFiles(HelpFolder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Commands))]
    public void The_examples_run(string command)
    {
        string text = File.ReadAllText(Path.Combine(HelpFolder, command + ".md"));
        (string Title, string Code)[] examples = [.. Example().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
        Assert.True(examples.Length >= 3, $"{command} has {examples.Length} examples.");
        RunAll([.. examples.Select(example => example.Code)]);
    }

    public static TheoryData<string> Topics => [.. Directory.GetFiles(TopicFolder, "about_*.help.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>A topic's code is what is indented by eight spaces or more; its tables are indented by six.</summary>
    [Theory, MemberData(nameof(Topics))]
    public void The_examples_of_a_topic_run(string topic)
    {
        string text = File.ReadAllText(Path.Combine(TopicFolder, topic)).ReplaceLineEndings("\n");
        string[] examples = [.. Code().Matches(text).Select(match => match.Value)];
        Assert.True(examples.Length >= 5, $"{topic} has {examples.Length} examples.");
        RunAll(examples);
    }

    [Theory, MemberData(nameof(Topics))]
    public void A_topic_fits_80_columns_and_names_what_there_is(string topic)
    {
        string[] lines = File.ReadAllLines(Path.Combine(TopicFolder, topic));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        string[] seeAlso = [.. lines.SkipWhile(line => line != "SEE ALSO").Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.NotEmpty(seeAlso);
        Assert.All(seeAlso, name => Assert.Contains(
            name.StartsWith("about_", StringComparison.Ordinal) ? name + ".help.txt" : name, (IEnumerable<string>)[.. Topics, .. Commands]));
    }

    private void RunAll(string[] examples)
    {
        string script = Prepared("");
        for (int i = 0; i < examples.Length; i++)
        {
            string place = CopyOf(files.Path, Path.Combine(_folder.Path, $"{i + 1}"));
            script += $"Write-Host 'Example {i + 1}'\nSet-Location -LiteralPath '{place.Replace("'", "''", StringComparison.Ordinal)}'\n{Shortened(examples[i])}\n";
        }
        Run(_folder, script, files.Path);
    }

    public void Dispose() => _folder.Dispose();

    // What is to be compressed must have learned enough.
    private static string Shortened(string code) => TrainingWithoutEpochs()
        .Replace(code, $"Invoke-MlpTraining -Epoch {(code.Contains("-Compress", StringComparison.Ordinal) ? 50 : 1)}").Replace("-Scale 40", "-Scale 1", StringComparison.Ordinal).Replace("-Epoch 500", "-Epoch 1", StringComparison.Ordinal);

    private static string Prepared(string script)
    {
        string sample = Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png").Replace("'", "''", StringComparison.Ordinal);
        return $"$sample = '{sample}'\n{Preparation}\n{script}";
    }

    private static void Run(TemporaryFolder folder, string script, string place)
    {
        ShellResult result = ShellProcess.Run([folder.Write("examples.ps1", script)], folder: place);
        Assert.True(result is { ExitCode: 0, Error: "" }, $"{result.Output}\n{result.Error}");
    }

    private static string CopyOf(string folder, string target)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }

    // Lines of a table may go on that far to the right, but no paragraph of one begins there.
    [GeneratedRegex(@"(?<=\n\n)( {8,}.*\n)+")]
    private static partial Regex Code();

    [GeneratedRegex("^### (.*?)\n+```powershell\n(.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"Invoke-MlpTraining(?![^|}\n]*-Epoch)")]
    private static partial Regex TrainingWithoutEpochs();

    /// <summary>What the examples find in their folder, written once.</summary>
    public sealed class ExampleFiles : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public ExampleFiles()
        {
            Path = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, "files")).FullName;
            Run(_folder, Prepared(Files), Path);
        }

        public string Path { get; }

        public void Dispose() => _folder.Dispose();
    }
}
