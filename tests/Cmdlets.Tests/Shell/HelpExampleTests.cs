using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>Every example of every command's help and of every topic is run as it stands there, but for long training, a long film and a very large painting.</summary>
public sealed partial class HelpExampleTests(HelpExampleTests.ExampleRun run) : IClassFixture<HelpExampleTests.ExampleRun>
{
    private static readonly string HelpFolder = Path.Combine(DocumentationTests.Root, "module", "help");

    private static readonly string TopicFolder = Path.Combine(DocumentationTests.Root, "module", "en-US");

    public static TheoryData<string> Commands => [.. Directory.GetFiles(HelpFolder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Commands))]
    public void The_examples_run(string command)
    {
        Assert.InRange(ExamplesOfCommand(command).Length, 3, int.MaxValue);
        run.AssertSucceeded(command);
    }

    public static TheoryData<string> Topics => [.. Directory.GetFiles(TopicFolder, "about_*.help.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Topics))]
    public void The_examples_of_a_topic_run(string topic)
    {
        Assert.InRange(ExamplesOfTopic(topic).Length, 5, int.MaxValue);
        run.AssertSucceeded(topic);
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

    private static string[] ExamplesOfCommand(string command) =>
        [.. Example().Matches(File.ReadAllText(Path.Combine(HelpFolder, command + ".md"))).Select(match => match.Groups[1].Value)];

    /// <summary>A topic's code is what is indented by eight spaces or more; its tables are indented by six.</summary>
    private static string[] ExamplesOfTopic(string topic) =>
        [.. Code().Matches(File.ReadAllText(Path.Combine(TopicFolder, topic)).ReplaceLineEndings("\n")).Select(match => match.Value)];

    // Lines of a table may go on that far to the right, but no paragraph of one begins there.
    [GeneratedRegex(@"(?<=\n\n)( {8,}.*\n)+")]
    private static partial Regex Code();

    [GeneratedRegex("^### .*?\n+```powershell\n(.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"Invoke-MlpTraining(?![^|}\n]*-Epoch)")]
    private static partial Regex TrainingWithoutEpochs();

    [GeneratedRegex(@"\bEpoch = \d+")]
    private static partial Regex EpochsOfExperiment();

    /// <summary>
    /// All examples, run once: those of a command or topic in a session of their own, one session after the other in one shell, since
    /// most of the time of a shell goes into its start.
    /// </summary>
    public sealed class ExampleRun : IDisposable
    {
        private const string Sessions = """
            param([string] $Folder)
            foreach ($script in Get-ChildItem -LiteralPath $Folder -Filter *.ps1) {
                $session = [powershell]::Create()
                $session.Runspace = [runspacefactory]::CreateRunspace($Host)
                $session.Runspace.Open()
                try {
                    $session.AddScript([IO.File]::ReadAllText($script)).AddCommand('Out-Default').Invoke()
                    $message = $session.Streams.Error | Out-String
                }
                catch {
                    $example = $session.Runspace.SessionStateProxy.GetVariable('exampleNumber')
                    $message = "Example ${example}: $($_.Exception.InnerException.ErrorRecord | Out-String)$($_ | Out-String)"
                }
                finally {
                    $session.Runspace.Dispose()
                    $session.Dispose()
                }
                [IO.File]::WriteAllText("$script.result", $message)
            }
            """;

        private const string Preparation = """
            $ErrorActionPreference = 'Stop'
            Set-StrictMode -Version Latest
            $run = New-PixelDataset $sample | Invoke-MlpTraining -Epoch 3

            """;

        /// <summary>What the examples find in their folder.</summary>
        private const string Files = """
            'photo.jpg', 'next.jpg', 'photo.png', 'painted.jpg', 'scratch.png' | ForEach-Object { $run | Export-GeneratedImage "./$_" -Width 100 }
            $null = New-Item ./models -ItemType Directory
            'mona-lisa', 'models/first', 'models/second' | ForEach-Object { $run | Export-MlpModel "./$_.safetensors" }

            """;

        private readonly TemporaryFolder _folder = new();

        private readonly ShellResult _shell;

        public ExampleRun()
        {
            string scripts = Directory.CreateDirectory(Path.Combine(_folder.Path, "scripts")).FullName;
            foreach (string command in Commands)
                File.WriteAllText(ScriptOf(command), Script(command, ExamplesOfCommand(command)));
            foreach (string topic in Topics)
                File.WriteAllText(ScriptOf(topic), Script(topic, ExamplesOfTopic(topic)));
            _shell = ShellProcess.Run([_folder.Write("sessions.ps1", Sessions), scripts], folder: _folder.Path);
        }

        public void AssertSucceeded(string name)
        {
            string result = ScriptOf(name) + ".result";
            Assert.True(_shell is { ExitCode: 0, Error: "" } && File.Exists(result), $"{_shell.Output}\n{_shell.Error}");
            string errors = File.ReadAllText(result);
            Assert.True(errors.Length == 0, errors);
        }

        public void Dispose() => _folder.Dispose();

        private string ScriptOf(string name) => Path.Combine(_folder.Path, "scripts", name + ".ps1");

        /// <summary>Each example begins in a folder of its own, with the same files.</summary>
        private string Script(string name, string[] examples)
        {
            string place = Path.Combine(_folder.Path, name), files = Path.Combine(place, "files");
            string script = $"$sample = {Quoted(Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png"))}\n{Preparation}" +
                $"$null = New-Item {Quoted(files)} -ItemType Directory\nSet-Location -LiteralPath {Quoted(files)}\n{Files}";
            for (int i = 0; i < examples.Length; i++)
            {
                string own = Quoted(Path.Combine(place, $"{i + 1}"));
                script += $"$exampleNumber = {i + 1}\nCopy-Item -LiteralPath {Quoted(files)} {own} -Recurse\n" +
                    $"Set-Location -LiteralPath {own}\n{Shortened(examples[i])}\n";
            }
            return script;
        }

        private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";

        // What is to be compressed must have learned enough.
        private static string Shortened(string code)
        {
            int epochs = code.Contains("-Compress", StringComparison.Ordinal) ? 50 : 1;
            code = TrainingWithoutEpochs().Replace(code, $"Invoke-MlpTraining -Epoch {epochs}").Replace("-Epoch 500", "-Epoch 1", StringComparison.Ordinal);
            return EpochsOfExperiment().Replace(code, "Epoch = 2")
                .Replace("-Scale 40", "-Scale 1", StringComparison.Ordinal).Replace("-Duration 8", "-Duration 3", StringComparison.Ordinal);
        }
    }
}
