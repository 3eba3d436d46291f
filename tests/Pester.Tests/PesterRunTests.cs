namespace MonaLisa.Pester.Tests;

/// <summary>That nothing in a suite can fail without a failed result.</summary>
public sealed class PesterRunTests : IDisposable
{
    // No brackets: Pester 5.9 finds no test in a folder that has some.
    private readonly DirectoryInfo _suite = Directory.CreateTempSubdirectory("monalisa pester ");

    public static TheoryData<string> Versions => [.. PesterRun.Versions];

    public void Dispose() => _suite.Delete(recursive: true);

    [Fact]
    public void Both_generations_of_Pester_are_there() => Assert.Equal(["5", "6"], PesterRun.Versions.Select(version => version[..1]).Order());

    [Theory, MemberData(nameof(Versions))]
    public void Each_test_has_its_result_and_what_fails_around_tests_has_one_too(string version)
    {
        Write("Each", """
            Describe 'a' {
                It 'passes' { 1 | Should -Be 1 }
                It 'fails' { 1 | Should -Be 2 }
                It 'is for <_>' -ForEach 1, 2 { $_ | Should -BeLessThan 3 }
                It 'skips' -Skip { }
                It 'says why' { Set-ItResult -Skipped -Because 'of rain' }
                It 'does not know' { Set-ItResult -Inconclusive }
            }
            """);
        Write("SetUp", "Describe 'b' { BeforeAll { throw 'no ground' }; It 'x' { } }");
        Write("TearDown", "Describe 'c' { AfterAll { throw 'stuck' }; It 'x' { } }");
        Write("Unreadable", "throw 'early'");
        PesterRun run = PesterRun.Of(version, _suite.FullName);
        Assert.Equal((version, "Failed"), (run.Version, run.Result));
        (string File, string Name, string Result, string Message)[] expected =
        [
            ("Each", "a.passes", "Passed", ""), ("Each", "a.fails", "Failed", "Expected 2, but got 1"), ("Each", "a.is for 1", "Passed", ""),
            ("Each", "a.is for 2", "Passed", ""), ("Each", "a.skips", "Skipped", ""), ("Each", "a.says why", "Skipped", "of rain"),
            ("Each", "a.does not know", "Inconclusive", ""), ("SetUp", "b.x", "Failed", ""), ("TearDown", "c.x", "Passed", ""),
            ("SetUp", "b (around its tests)", "Failed", "no ground"), ("TearDown", "c (around its tests)", "Failed", "stuck"),
            ("Unreadable", "(the file itself)", "Failed", "early"),
        ];
        Assert.Equal(expected.Select(test => (test.File + ".Tests.ps1", test.Name, test.Result)), run.Tests.Select(test => (test.File, test.Name, test.Result)));
        Assert.All(expected.Zip(run.Tests), pair => Assert.Contains(pair.First.Message, pair.Second.Message));
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_test_that_ends_the_process_is_a_failure(string version)
    {
        Write("Exit", "Describe 'd' { It 'x' { [Environment]::Exit(0) } }");
        AssertBreaksOff(version, "broke off with exit code 0");
        Write("Exit", "Describe 'd' { It 'x' { [Environment]::Exit(3) } }");
        AssertBreaksOff(version, "broke off with exit code 3");
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_suite_without_tests_is_a_failure(string version)
    {
        Write("Empty", "Describe 'e' { }");
        AssertBreaksOff(version, "found no test");
    }

    private void AssertBreaksOff(string version, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => PesterRun.Of(version, _suite.FullName)).Message);

    private void Write(string name, string suite) => File.WriteAllText(Path.Combine(_suite.FullName, name + ".Tests.ps1"), suite);
}
