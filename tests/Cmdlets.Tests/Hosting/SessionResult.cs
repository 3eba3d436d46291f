using System.Management.Automation;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>What a script wrote.</summary>
internal sealed record SessionResult(
    IReadOnlyList<object> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Verbose, IReadOnlyList<string> Warnings,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The only object, of the expected type, after no error.</summary>
    public T Single<T>()
    {
        AssertNoErrors();
        return Assert.IsType<T>(Assert.Single(Output));
    }

    /// <summary>All objects, of the expected type, after no error.</summary>
    public IReadOnlyList<T> All<T>()
    {
        AssertNoErrors();
        return [.. Output.Select(item => Assert.IsType<T>(item))];
    }

    /// <summary>The only error, after checking its identifier and category.</summary>
    public ErrorRecord Error(string errorId, ErrorCategory category)
    {
        ErrorRecord error = Assert.Single(Errors);
        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        return error;
    }

    public void AssertNoErrors() => Assert.True(Errors.Count == 0, string.Join('\n', Errors));
}
