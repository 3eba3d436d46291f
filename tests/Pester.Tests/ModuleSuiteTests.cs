namespace MonaLisa.Pester.Tests;

/// <summary>The module's suite, with each version of Pester; every test of it is a result here.</summary>
public class ModuleSuiteTests
{
    /// <summary>Runs the suites, so it is asked once, when the tests begin.</summary>
    public static IEnumerable<TheoryDataRow<PesterResult>> Results()
    {
        foreach (string version in PesterRun.Versions)
        {
            PesterRun run = PesterRun.Of(version, PesterRun.ModuleSuite);
            Assert.Equal(version, run.Version);
            foreach (PesterResult test in run.Tests)
                yield return new TheoryDataRow<PesterResult>(test)
                {
                    TestDisplayName = $"Pester {version}: {test.File}: {test.Name}",
                    Label = "",
                    Skip = test.Result != "Skipped" ? null : test.Message.Length > 0 ? test.Message : $"{test.File} says when.",
                };
        }
    }

    [Theory, MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterResult test) => Assert.True(test.Result == "Passed", $"{test.Result}: {test.Message}");
}
