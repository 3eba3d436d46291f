using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ShowGeneratedImageTests : Workspace, IClassFixture<SmallRun>
{
    private readonly TrainingRun _run;

    public ShowGeneratedImageTests(SmallRun shared)
    {
        Picture("a.png", 20, 10);
        _run = shared.Value;
    }

    [Theory]
    [InlineData("$run")]
    [InlineData("$run.Dataset")]
    [InlineData("[psobject]::AsPSObject($run)")]
    public void A_picture_is_one_string(string input)
    {
        string[] lines = Show($"{input} | Show-GeneratedImage -Protocol Text -Width 40").Split('\n');
        // Two columns are as wide as a row is high.
        Assert.Equal(10, lines.Length);
        Assert.All(lines, line => Assert.Equal(40, line.Length));
    }

    [Theory]
    [InlineData("-Width 30 -Height 5", 30, 5)]
    [InlineData("-Height 6", 24, 6)]
    [InlineData("-Region 5, 0, 5, 5 -Height 6", 12, 6)]
    [InlineData("-SideBySide -Height 6", 49, 6)]
    [InlineData("-SideBySide -Region 5, 0, 5, 5 -Height 6", 25, 6)]
    [InlineData("", 79, 20)]
    [InlineData("-SideBySide", 79, 10)]
    public void The_size_follows_the_parameters_and_the_window(string parameters, int columns, int rows)
    {
        string[] lines = Show($"$run | Show-GeneratedImage -Protocol Text {parameters}").Split('\n');
        Assert.Equal((columns, rows), (lines[0].Length, lines.Length));
    }

    [Fact]
    public void A_dataset_shows_its_pixels()
    {
        string text = Show("New-PixelDataset a.png | Show-GeneratedImage -Protocol Blocks -Width 20 -Height 5");
        PixelDataset dataset = _run.Dataset;
        string expected = string.Concat(Enumerable.Range(0, 5).SelectMany(row => Enumerable.Range(0, 20).Select(x =>
            $"{Color(38, dataset, x, 2 * row)}{Color(48, dataset, x, 2 * row + 1)}\u2580")));
        Assert.Equal(Shown(expected), Shown(text));

        static string Color(int ground, PixelDataset dataset, int x, int y)
        {
            ReadOnlySpan<byte> color = dataset.Samples8[((y * dataset.Width + x) * 3)..];
            return $"\e[{ground};2;{color[0]};{color[1]};{color[2]}m";
        }

        // Every block with the colours that it has, said or left from the one before.
        static List<(string, string)> Shown(string text)
        {
            var blocks = new List<(string, string)>();
            string foreground = "", background = "";
            foreach (string part in text.Replace("\n", "", StringComparison.Ordinal).Split('\e').Skip(1))
            {
                string codes = part[1..part.IndexOf('m', StringComparison.Ordinal)];
                if (codes == "0")
                    (foreground, background) = ("", "");
                else if (codes.StartsWith('3'))
                    foreground = codes;
                else
                    background = codes;
                blocks.AddRange(Enumerable.Repeat((foreground, background), part.Count(character => character == '\u2580')));
            }
            return blocks;
        }
    }

    [Fact]
    public void The_target_stands_to_the_left_of_the_painting()
    {
        string[] both = Show("$run | Show-GeneratedImage -Protocol Text -SideBySide -Width 20").Split('\n');
        string[] target = Show("$run.Dataset | Show-GeneratedImage -Protocol Text -Width 20").Split('\n');
        string[] painted = Show("$run | Show-GeneratedImage -Protocol Text -Width 20").Split('\n');
        Assert.Equal(target.Zip(painted, (left, right) => $"{left} {right}"), both);
        Assert.NotEqual(target, painted);
    }

    [Theory]
    [InlineData("Kitty", "\e_Ga=T,f=100", "\e\\")]
    [InlineData("ITerm2", "\e]1337;File=", "\a")]
    [InlineData("Sixel", "\eP0;1;0q\"1;1;200;100", "\e\\")]
    [InlineData("blocks", "\e[38;2;", "\e[0m")]
    public void The_protocol_is_the_one_asked_for(string protocol, string start, string end)
    {
        string? tmux = Environment.GetEnvironmentVariable("TMUX");
        Assert.SkipUnless(string.IsNullOrEmpty(tmux), "Inside tmux the sequences are wrapped.");
        string text = Show($"$run | Show-GeneratedImage -Protocol {protocol} -Width 20 -Height 5");
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.EndsWith(end, text, StringComparison.Ordinal);
    }

    // The test's output goes to no terminal.
    [Fact]
    public void Redirected_output_has_no_escape_sequences()
    {
        Assert.SkipUnless(Console.IsOutputRedirected, "The output of this test goes to a terminal.");
        Assert.DoesNotContain('\e', Show("$run | Show-GeneratedImage"));
    }

    [Fact]
    public void Each_picture_of_a_pipeline_is_shown_and_a_bad_object_is_its_error_alone()
    {
        SessionResult result = Run("$run, 5, $run.Dataset | Show-GeneratedImage -Height 4", ("run", _run));
        Assert.Equal(2, result.Output.Count);
        result.Error("UnsupportedInput", ErrorCategory.InvalidType);
    }

    [Theory]
    [InlineData("$run.Dataset", "is the picture itself, and -SideBySide shows two. Give another picture as -Reference, or leave out -SideBySide.")]
    [InlineData("$run.Network", "comes without the picture that it learned. Give the picture as -Reference, pass on the training run, or leave out -SideBySide.")]
    public void Without_a_second_picture_the_error_says_what_to_give(string input, string part)
    {
        SessionResult result = Run($"{input} | Show-GeneratedImage -SideBySide", ("run", _run));
        Assert.Contains(part, result.Error("ReferenceMissing", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("New-MlpNetwork 4 | Show-GeneratedImage -Region 0, 0, 1, 1", "SizeUnknown")]
    [InlineData("$run | Show-GeneratedImage -Region 15, 5, 10, 5", "InvalidOption")]
    [InlineData("$run | Show-GeneratedImage -Region 1, 2, 3", "InvalidOption")]
    [InlineData("$run | Show-GeneratedImage -Protocol Sixel -Width 1000 -Height 1000", "InvalidOption")]
    [InlineData("$run | Show-GeneratedImage -Protocol Text -SideBySide -Width 600", "InvalidOption")]
    public void What_cannot_be_shown_is_told(string script, string errorId)
    {
        SessionResult result = Run(script, ("run", _run));
        result.Error(errorId, ErrorCategory.InvalidArgument);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_network_whose_weights_are_lost_shows_nothing()
    {
        Mlp lost = _run.Network.Clone();
        lost.Layers[0].Weights[0] = float.NaN;
        Run("$lost | Show-GeneratedImage", ("lost", lost)).Error("NotFinite", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_network_that_learned_nothing_is_a_square()
    {
        string[] lines = Show("New-MlpNetwork 4 | Show-GeneratedImage -Protocol Text -Height 10").Split('\n');
        Assert.Equal((20, 10), (lines[0].Length, lines.Length));
    }

    [Fact]
    public void Live_warns_once_where_there_is_no_terminal_and_trains()
    {
        SessionResult result = Run(
            "$p = New-PixelDataset a.png; $p, $p | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -Live");
        Assert.Equal(2, result.All<TrainingRun>().Count);
        Assert.Contains("-Live shows no picture", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    private string Show(string script) => Run(script, ("run", _run)).Single<string>();
}
