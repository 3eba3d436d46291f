namespace MonaLisa.Engine.Tests;

/// <summary>What is found wrong in sources.</summary>
internal static class Findings
{
    /// <summary>Fails where there are any, and shows all of them.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        string text = string.Join("\n", findings);
        if (text != "")
            Assert.Fail(text);
    }
}
