using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>What README and examples show is run as it stands there, but for the training time.</summary>
public partial class DocumentationTests
{
    internal static readonly string Root = RootFolder();

    [Fact]
    public void The_example_paints_the_sample()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run(
            [Path.Combine(Root, "examples", "mona-lisa.ps1"), "-MaxTime", "1"], folder: folder.Path);
        Assert.Empty(result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"mona-lisa-painted\.png is \d+\.\d\d dB from mona-lisa \(mean absolute error 0\.\d{4}, SSIM", result.Output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "mona-lisa-painted.png")));
    }

    [Fact]
    public void The_example_compares_depth_with_width()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run(
            [Path.Combine(Root, "examples", "depth-versus-width.ps1"), "-Quick"], folder: folder.Path);
        Assert.Empty(result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"At equal time \(0\.2 s each\) .* came out best, with \d+\.\d\d dB", result.Output);
        Assert.Matches(@"At equal epochs \(2 each\) .* came out best, with \d+\.\d\d dB", result.Output);
        foreach (string comparison in (string[])["equal-time", "equal-epochs"])
        {
            string place = Path.Combine(folder.Path, "depth-versus-width", comparison);
            Assert.Equal(6, File.ReadAllLines(Path.Combine(place, "results.jsonl")).Length);
            foreach (string file in (string[])["1-layers.png", "8-layers.png", "psnr.svg", "psnr.png"])
                Assert.True(File.Exists(Path.Combine(place, file)), file);
            var sheet = System.Xml.Linq.XDocument.Load(Path.Combine(place, "contact-sheet.svg"));
            Assert.Equal(6, sheet.Descendants().Count(element => element.Name.LocalName == "image"));
        }
    }

    [Fact]
    public void The_readme_examples_work_when_pasted_one_after_the_other()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        string[] examples = [.. CodeBlock().Matches(readme).Select(match => match.Groups[1].Value)];
        Assert.Equal(11, examples.Length);
        using var folder = new TemporaryFolder();
        string samples = Directory.CreateDirectory(Path.Combine(folder.Path, "module", "samples")).FullName;
        File.Copy(Path.Combine(Root, "module", "samples", "mona-lisa.png"), Path.Combine(samples, "mona-lisa.png"));
        string script = "$ErrorActionPreference = 'Stop'\n" +
            string.Join('\n', examples).Replace("Invoke-MlpTraining", "Invoke-MlpTraining -Epoch 1", StringComparison.Ordinal);

        ShellResult result = ShellProcess.Run(
            [folder.Write("readme.ps1", script)], folder: folder.Path);

        Assert.Empty(result.Error);
        Assert.Equal(0, result.ExitCode);
        string[] files =
        [
            "painted.png", "draft.png", "large.png", "smile.png", "twice.png", "quiet.png", "recovered.png", "out/mona-lisa-painted.png", "mona-lisa.safetensors", "again.png", "mona-lisa.onnx",
            "mona-lisa.mlpz", "small.mlpz", "small.png", "errors.png", "layer-1.png", "layer-3.png", "filled.png", "depth.jsonl", "depth.png", "learning.webp",
            "mona-lisa.checkpoint",
        ];
        foreach (string file in files)
            Assert.True(File.Exists(Path.Combine(folder.Path, file)), file);
    }

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static string RootFolder()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MonaLisa.PS.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
