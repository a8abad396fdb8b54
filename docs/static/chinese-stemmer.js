// Sphinx 9.0 names this class for a site in Chinese and does not bring it, so that
// nothing was found. Chinese words have no endings; English ones are stemmed.
function ChineseStemmer() {
  const english = new EnglishStemmer();
  this.stemWord = (word) => english.stemWord(word);
}
