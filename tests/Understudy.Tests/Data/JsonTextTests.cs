using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class JsonTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWasWrittenIsRead()
    {
        _folder.Write("a.json", JsonText.Write(new[] { 1.5, double.NaN }));

        Assert.Equal([1.5, double.NaN], JsonText.Read<double[]>(_folder["a.json"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\0\0\0")]
    public void DamagedFileIsToldByName(string content)
    {
        var file = _folder.Write("a.json", content);

        Assert.StartsWith($"{file}: is damaged (", Images.InputError(() => JsonText.Read<double[]>(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void AbsentFileIsToldByName() =>
        Assert.Equal($"{_folder["b.json"]}: there is no such file or folder", Images.InputError(() => JsonText.Read<double[]>(_folder["b.json"])));
}
